import {exitCodes, type ExitCode} from '../../core/failure/error-codes.ts';
import {formatElapsed} from '../../core/text/duration.ts';
import {failure} from '../../core/failure/failure.ts';
import {type Operation} from '../../core/operation.ts';
import {type Engine} from '../../engine/engine.ts';
import {type VerbContext} from './verb.ts';

const doneWords: Readonly<Record<Operation['action'], string>> = {
	deploy: 'is running',
	start: 'is running',
	stop: 'is stopped',
	restart: 'was restarted',
	hibernate: 'is hibernated',
	resume: 'is running again',
	destroy: 'is destroyed',
};

/** Follows an operation to its end, says each stage on stderr, prints the result and gives the exit code. */
export async function followOperation({print, signal}: VerbContext, engine: Engine, operation: Operation): Promise<ExitCode> {
	let stage: string | undefined;
	const onChange = (changed: Operation) => {
		const next = changed.stage ?? changed.state;
		if (next !== stage) {
			stage = next;
			print.note(`${changed.name}: ${next}`);
		}
	};

	const ended = await engine.whenEnded(operation.id, {signal, onChange});
	if (signal.aborted) {
		await engine.run('cancelOperation', {operation: operation.id}, {origin: 'cli'});
		return print.failure(
			failure('CWS_CANCELLED', {
				message: `Stopped waiting for \`${operation.name}\`.`,
				fix: `cws show ${operation.name} tells what became of it`,
			}),
		);
	}

	if (ended.state !== 'verified') {
		return print.failure(
			ended.error ??
				failure(ended.state === 'cancelled' ? 'CWS_CANCELLED' : 'CWS_PROVIDER_FAILED', {
					message: `\`${ended.name}\`: ${ended.action} ${ended.state}.`,
				}),
		);
	}

	if (print.isJson) {
		print.json({operation: ended});
	} else {
		const {result} = ended;
		const words =
			result?.status === 'not_found'
				? 'was already gone (not_found)'
				: result?.status === 'skipped'
					? `was left as it is${result.message ? `: ${result.message}` : ''}`
					: // Of what waits in a queue, being there is enough.
						ended.expects.includes('pending')
						? 'is queued or running'
						: doneWords[ended.action];
		print.line(`${ended.name} ${words} after ${formatElapsed((ended.endedAt ?? ended.updatedAt) - ended.requestedAt)}`);
	}

	return exitCodes.done;
}
