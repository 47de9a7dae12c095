import {setTimeout as sleep} from 'node:timers/promises';
import {type ResourceChange} from 'cws/sdk';
import {type DockerClient} from '../client/create-client.ts';
import {jsonLines} from '../client/json-lines.ts';
import {readContainers} from '../container/read.ts';
import {type DockerType, readType, types} from '../list.ts';
import {type DockerState} from '../state.ts';
import {createKnownRows, type KnownRows} from './known-rows.ts';
import {measure} from './measure.ts';
import {type EngineEvent, readEvent} from './read-event.ts';

// Starting a container tells five events within milliseconds.
const gatherMs = 20;
// Some engines send the head of their answer with the first event.
const headMs = 500;
const mostSingles = 20;
const firstRetryMs = 500;
const lastRetryMs = 10_000;

// The list says why an engine is silent, and that it is not any more.
const looks: readonly ResourceChange[] = types.map(type => ({change: 'look', provider: 'docker', type}));

type Push = (changes: readonly ResourceChange[]) => void;

/** Pushes what changes at one endpoint, until the signal. When its daemon goes it tries again by itself, and then tells everything anew. */
export async function watchEndpoint(state: DockerState, client: DockerClient, push: Push, signal: AbortSignal): Promise<void> {
	const known = createKnownRows('docker');
	let retryMs = firstRetryMs;
	let isAgain = false;
	while (!signal.aborted) {
		const begin = performance.now();
		await followOnce(state, client, {push, signal, known, isAgain}).catch((error: unknown) => {
			state.context.log.debug('the events of an engine ended', {account: client.endpoint.account, error: (error as Error).message});
		});
		isAgain = true;
		retryMs = performance.now() - begin > lastRetryMs ? firstRetryMs : Math.min(retryMs * 2, lastRetryMs);
		await sleep(retryMs, undefined, {signal}).catch(() => {});
	}
}

type Following = {readonly push: Push; readonly signal: AbortSignal; readonly known: KnownRows; readonly isAgain: boolean};

async function followOnce(state: DockerState, client: DockerClient, {push, signal: outer, known, isAgain}: Following): Promise<void> {
	const controller = new AbortController();
	const signal = AbortSignal.any([outer, controller.signal]);
	const dirty = createDirty();
	const tell = (changes: readonly ResourceChange[]) => {
		if (changes.length > 0) {
			push(changes);
		}
	};

	let hasShown = false;
	const opened = Promise.withResolvers<void>();
	const listening = listen(client, {
		signal,
		onOpen: opened.resolve,
		onEvent(event) {
			noteStop(state, event);
			dirty.add(event);
		},
	});
	try {
		await Promise.race([opened.promise, listening, sleep(headMs, undefined, {signal})]);
		known.forget();
		for (const type of types) {
			tell(known.replace(type, (await readType(state, client, type, {signal, isFresh: true})).resources));
			hasShown = true;
		}

		if (isAgain) {
			push(looks);
		}

		const measuring = measure(state, client, {known, tell, signal});
		await Promise.race([listening, measuring, flushAll(state, client, {known, tell, dirty, signal})]);
	} finally {
		controller.abort();
		await listening.catch(() => {});
		if (hasShown && !outer.aborted) {
			push(looks);
		}
	}
}

type Listening = {readonly signal: AbortSignal; readonly onOpen: () => void; readonly onEvent: (event: EngineEvent) => void};

async function listen(client: DockerClient, {signal, onOpen, onEvent}: Listening): Promise<void> {
	const answer = await client.stream({
		path: '/events',
		query: {filters: JSON.stringify({type: types})},
		doing: 'follow the events',
		timeoutMs: 0,
		signal,
	});
	onOpen();
	for await (const values of jsonLines(answer)) {
		for (const value of values) {
			const event = readEvent(value);
			if (event !== undefined) {
				onEvent(event);
			}
		}
	}
}

/** Who was sent a signal ended because somebody wanted it. */
function noteStop({stops}: DockerState, {type, id, action}: EngineEvent): void {
	if (type === 'container' && (action === 'kill' || action === 'stop')) {
		stops.add(id);
	} else if (type === 'container' && action === 'start') {
		stops.remove(id);
	}
}

type Dirty = {
	readonly add: (event: EngineEvent) => void;
	/** Resolves when there is something; gives it and forgets it. */
	readonly take: (signal: AbortSignal) => Promise<{readonly ids: ReadonlySet<string>; readonly kinds: ReadonlySet<DockerType>}>;
};

function createDirty(): Dirty {
	let ids = new Set<string>();
	let kinds = new Set<DockerType>();
	let wake = Promise.withResolvers<void>();
	return {
		add({type, id, action}) {
			if (type === 'container') {
				ids.add(id);
			} else {
				kinds.add(type);
			}

			// What uses a volume or an image changes with the containers.
			if (type === 'container' && /^(?:create|destroy|remove)$/.test(action)) {
				kinds.add('volume').add('image');
			}

			wake.resolve();
		},
		async take(signal) {
			if (ids.size === 0 && kinds.size === 0) {
				await wake.promise;
			}

			await sleep(gatherMs, undefined, {signal});
			const taken = {ids, kinds};
			ids = new Set();
			kinds = new Set();
			wake = Promise.withResolvers();
			return taken;
		},
	};
}

type Flushing = {
	readonly known: KnownRows;
	readonly tell: Push;
	readonly dirty: Dirty;
	readonly signal: AbortSignal;
};

async function flushAll(state: DockerState, client: DockerClient, {known, tell, dirty, signal}: Flushing): Promise<void> {
	while (!signal.aborted) {
		const {ids, kinds} = await dirty.take(signal);
		if (ids.size > mostSingles) {
			tell(known.replace('container', (await readContainers(state, client, {signal, isFresh: true})).resources));
		} else if (ids.size > 0) {
			tell(known.replace('container', (await readContainers(state, client, {ids: [...ids], signal})).resources, ids));
		}

		for (const type of kinds) {
			tell(known.replace(type, (await readType(state, client, type, {signal, isFresh: true})).resources));
		}
	}
}
