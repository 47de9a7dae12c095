import {failure} from '../../core/failure/failure.ts';
import {failed, type Outcome} from '../../core/failure/outcome.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {manifestMethod} from '../../sdk/adapter/adapt-plugin.ts';
import {createConnection} from '../connection/connection.ts';
import {timeoutFailure} from '../connection/plugin-failure.ts';
import {defaultLimits} from '../limits.ts';
import {deathFailure} from '../supervisor/death.ts';
import {startWatchdog} from '../supervisor/watchdog.ts';
import {type OpenTransport} from '../transport/transport.ts';
import {within} from '../within.ts';

const id = 'new-plugin';
const mib = 1024 * 1024;

/**
Reads once what a plugin in one file says about itself, as data, in a sandbox that is granted nothing: only its top level runs, under
the limits of any plugin.
*/
export async function readAdaptedManifest(
	code: string,
	{open, clock, locale}: {readonly open: OpenTransport; readonly clock: Clock; readonly locale: string},
): Promise<Outcome<unknown>> {
	const limits = defaultLimits;
	const transport = open({id, generation: 1, main: '', code, hardHeapMb: limits.hardHeapMb});
	const died = Promise.withResolvers<Outcome<never>>();
	const end = (message: string) => died.resolve(failed(failure('CWS_PLUGIN_FAILED', {message})));
	const connection = createConnection({
		plugin: id,
		generation: 1,
		locale,
		transport,
		clock,
		limits,
		capabilities: {},
		events: {
			onLog() {},
			onEvent() {},
			onDenied() {},
			onUncaught() {},
			onUnexpected() {},
			onViolation: what => end(`The file ${what}.`),
			onStuck: () => end('The file does not answer.'),
		},
	});
	const watchdog = startWatchdog({
		transport,
		connection,
		clock,
		limits,
		quotaBytes: limits.memoryMb * mib,
		residentBytes: () => process.memoryUsage.rss(),
		isActive: () => true,
		onSample() {},
		onHog() {},
		onDeath: death => died.resolve(failed(deathFailure(id, death))),
	});
	transport.onExit(({error}) => end(`The file ended its sandbox${error === undefined ? '' : `: ${error.message}`}.`));
	try {
		const ready = (await within(clock, limits.loadMs, Promise.race([connection.ready, died.promise]))) ?? {
			ok: false as const,
			error: timeoutFailure(id, 'load', limits.loadMs),
		};
		return ready.ok
			? await Promise.race([connection.call({method: manifestMethod, args: [], deadlineMs: limits.callMs}), died.promise])
			: ready;
	} finally {
		watchdog.stop();
		connection.close(failure('CWS_CANCELLED', {message: 'Its manifest was read.'}));
		await within(clock, limits.zombieMs, transport.kill());
	}
}
