import {setTimeout as sleep} from 'node:timers/promises';
import {type CallContext, type LogLine, type LogOptions, providerError, type ResourceTarget} from 'cws/sdk';
import {type DockerClient} from '../client/create-client.ts';
import {demultiplex, type OutputPart} from '../client/demultiplex.ts';
import {at} from '../read.ts';
import {type DockerState} from '../state.ts';
import {findContainer, needContainer} from './read.ts';
import {logLines, type StampedLine} from './log-lines.ts';
import {createLogPosition} from './log-position.ts';

const batch = 256;
const firstPauseMs = 250;
const lastPauseMs = 2000;

/** The tail, and with `follow` what comes after it, across restarts, until the signal aborts or the container is gone. */
export async function* readLogs(
	state: DockerState,
	target: ResourceTarget,
	{follow, tail}: LogOptions,
	{signal}: CallContext,
): AsyncGenerator<readonly LogLine[]> {
	const {client, details} = await needContainer(state, target, signal);
	assertReadable(details, target);
	const hasTerminal = at(details, 'Config', 'Tty') === true;
	const read = (query: {readonly tail?: number; readonly since?: string}) => readOnce(client, {target, hasTerminal, follow, signal, query});
	const position = createLogPosition();
	for await (const lines of read({tail: Math.max(0, Math.trunc(tail))})) {
		position.note(lines);
		yield* batches(lines);
	}

	if (!follow) {
		return;
	}

	let pause = firstPauseMs;
	while (!signal.aborted) {
		const found = await findContainer(state, target, signal);
		if (found === undefined) {
			yield [{stream: 'system', text: 'the container was destroyed'}];
			return;
		}

		if (found.resource.status !== 'running' && found.resource.status !== 'hibernated') {
			if (pause === firstPauseMs) {
				yield [{stream: 'system', text: `the container stopped: ${found.resource.rawStatus}`}];
			}

			await sleep(pause, undefined, {signal}).catch(() => {});
			pause = Math.min(pause * 2, lastPauseMs);
			continue;
		}

		pause = firstPauseMs;
		const since = position.since();
		const withoutShown = position.skipper();
		for await (const lines of read(since === undefined ? {} : {since})) {
			const fresh = withoutShown(lines);
			position.note(fresh);
			yield* batches(fresh);
		}
	}
}

type Reading = {
	readonly target: ResourceTarget;
	readonly hasTerminal: boolean;
	readonly follow: boolean;
	readonly signal: AbortSignal;
	readonly query: {readonly tail?: number; readonly since?: string};
};

async function* readOnce(
	client: DockerClient,
	{target, hasTerminal, follow, signal, query: {tail, since}}: Reading,
): AsyncGenerator<readonly StampedLine[]> {
	const bytes = await client.stream({
		path: `/containers/${target.id}/logs`,
		query: {
			stdout: true,
			stderr: true,
			timestamps: true,
			follow,
			...(tail !== undefined && {tail}),
			...(since !== undefined && {since}),
		},
		doing: `read the log of \`${target.name}\``,
		// An engine may send nothing at all until the program says something.
		timeoutMs: follow ? 0 : 30_000,
		signal,
	});
	try {
		yield* logLines(hasTerminal ? raw(bytes) : demultiplex(bytes));
	} catch (error) {
		if (!signal.aborted) {
			throw error;
		}
	}
}

async function* raw(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<OutputPart> {
	for await (const part of bytes) {
		yield {stream: 'stdout', bytes: part};
	}
}

function* batches(lines: readonly StampedLine[]): Generator<readonly LogLine[]> {
	for (let first = 0; first < lines.length; first += batch) {
		yield lines.slice(first, first + batch).map(({stamp: _stamp, ...line}) => line);
	}
}

const silentDrivers: ReadonlySet<unknown> = new Set(['none', 'passthrough']);

function assertReadable(details: unknown, {name}: ResourceTarget): void {
	const driver = at(details, 'HostConfig', 'LogConfig', 'Type');
	if (silentDrivers.has(driver)) {
		throw providerError('CWS_NOT_SUPPORTED', {
			message: `\`${name}\` keeps no log.`,
			cause: `its log driver is \`${String(driver)}\``,
			fix: 'create it anew with a driver that keeps one, for example `json-file` or `local`',
		});
	}
}
