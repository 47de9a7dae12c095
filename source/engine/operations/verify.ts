import {failure, type Failure} from '../../core/failure/failure.ts';
import {formatElapsed} from '../../core/text/duration.ts';
import {type Operation} from '../../core/operation.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type Resource} from '../../core/resource.ts';
import {type InventorySource} from '../inventory/inventory.ts';
import {type ReadBack, type Wanted} from '../inventory/read-back.ts';

/** How the read-back ended: as expected (`row` absent when it is gone), failed, or not in time. */
export type Verdict =
	| {readonly state: 'verified'; readonly row?: Resource}
	| {readonly state: 'failed' | 'diverged'; readonly row?: Resource; readonly error: Failure};

type Options = {
	readonly clock: Clock;
	readonly readBack: ReadBack;
	readonly source: InventorySource;
	readonly wanted: Wanted;
	readonly operation: Operation;
	readonly signal: AbortSignal;
};

const firstWaitMs = 100;
const lastWaitMs = 5000;
const defaultConvergeSeconds = 180;
// A new resource may be missing from the provider's next answers, and one that starts may look stopped for a moment.
const patience = 3;

export const convergeMs = ({contribution}: InventorySource): number => (contribution.convergeSeconds ?? defaultConvergeSeconds) * 1000;

/** Reads the resource again and again until it is what the operation was for. Accepted is not done. */
export async function verify({clock, readBack, source, wanted, operation, signal}: Options): Promise<Verdict> {
	const {action, expects, name} = operation;
	const startedAt = clock.monotonic();
	let last: Resource | undefined;
	let lastError: Failure | undefined;
	let against = 0;
	for (let wait = firstWaitMs; !signal.aborted; wait = Math.min(lastWaitMs, wait * 2)) {
		const answer = await readBack(source, wanted, signal);
		if (answer.ok) {
			last = answer.value;
			lastError = undefined;
			if (last === undefined ? action === 'destroy' : expects.includes(last.status)) {
				return {state: 'verified', row: last};
			}

			if (last?.status === 'failed' && action !== 'destroy') {
				return {state: 'failed', row: last, error: failedStatus(operation, last)};
			}

			against += isAgainst(operation, last) ? 1 : 0;
		} else {
			lastError = answer.error;
		}

		if (against >= patience && clock.monotonic() - startedAt > lastWaitMs) {
			break;
		}

		const left = startedAt + convergeMs(source) - clock.monotonic();
		if (left <= 0) {
			break;
		}

		await clock.sleep(Math.min(wait, left), signal).catch(() => {});
	}

	const what = last === undefined ? (lastError ? 'cannot be read' : 'is not there') : `is ${last.status}`;
	return {
		state: 'diverged',
		row: last,
		error: failure('CWS_DID_NOT_CONVERGE', {
			message: `\`${name}\` ${what} ${formatElapsed(clock.monotonic() - startedAt)} after ${action} was accepted.`,
			cause: lastError?.message ?? last?.statusReason,
			fix: `run \`cws show ${wanted.provider}/${name}\`, or retry the task`,
		}),
	};
}

/** Settled on something that will not become what is expected: gone, or a new resource that has ended already. */
const isAgainst = ({action}: Operation, row: Resource | undefined): boolean =>
	row === undefined ? action !== 'deploy' : action === 'deploy' && row.status === 'stopped';

const failedStatus = ({action, name, provider}: Operation, row: Resource): Failure =>
	failure('CWS_PROVIDER_FAILED', {
		message: `\`${name}\` failed after ${action}.`,
		cause: row.statusReason ?? row.rawStatus,
		fix: `run \`cws logs ${provider}/${name}\``,
	});
