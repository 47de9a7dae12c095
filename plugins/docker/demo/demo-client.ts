import {setTimeout as sleep} from 'node:timers/promises';
import {providerError} from 'cws/sdk';
import {abortError, type Ask, type DockerClient} from '../client/create-client.ts';
import {type Engine} from '../client/engine.ts';
import {refusal} from '../client/failures.ts';
import {shortImage} from '../container/map.ts';
import {textAt} from '../read.ts';
import {demoAnswer, type DemoWorld} from './demo-answers.ts';
import {demoLog} from './demo-log.ts';
import {type DemoEngine} from './fleet.ts';
import {createLiveEngine, imageIdOf} from './live-engine.ts';

const layers = [3, 28, 11] as const;
const stepMs = 250;
const steps = 8;

/** An engine of the recording. No socket is opened; what is done to it lasts until cws ends. */
export function createDemoClient(recording: DemoEngine, now: () => number): DockerClient {
	const {endpoint, kind, version, apiVersion, isSilent} = recording;
	const begin = now();
	const engine = createLiveEngine(recording, begin);
	const followers = new Set<(event: string) => void>();
	const answerMs = endpoint.address.kind === 'unix' ? 4 : 45;
	const world: DemoWorld = {
		account: endpoint.account,
		engine,
		begin,
		now,
		tell(type, id, ...actions) {
			for (const action of actions) {
				const line = `${JSON.stringify({Type: type, Action: action, Actor: {ID: id, Attributes: {}}})}\n`;
				for (const follow of followers) {
					follow(line);
				}
			}
		},
	};
	const known: Engine = {kind, version, apiVersion, os: 'linux'};

	const reach = async (signal: AbortSignal | undefined): Promise<void> => {
		await sleep(answerMs, undefined, {signal}).catch(() => {
			throw abortError();
		});
		if (isSilent === true) {
			throw providerError('CWS_PROVIDER_UNAVAILABLE', {
				message: `\`${endpoint.account}\` does not answer.`,
				cause: 'it is off in the recording',
				fix: 'nothing: this is a demo',
				retryable: true,
			});
		}
	};

	const streams: readonly (readonly [pattern: RegExp, open: (ask: Ask, key: string) => AsyncIterable<Uint8Array>])[] = [
		[/^\/events$/, ({signal}) => follow(followers, signal)],
		[/^\/containers\/([^/]+)\/logs$/, ({query = {}, signal}, key) => demoLog(query, {now, read: () => engine.find(key), signal})],
		[/^\/images\/create$/, ask => pull(ask)],
	];

	async function* pull({query, signal}: Ask): AsyncGenerator<Uint8Array> {
		const name = `${shortImage(String(query?.['fromImage']))}:${String(query?.['tag'])}`;
		const say = (...entries: readonly object[]) => Buffer.from(entries.map(entry => `${JSON.stringify(entry)}\r\n`).join(''));
		const idOf = (index: number) => imageIdOf(`${name} ${index}`).slice(7, 19);
		if (!engine.images.has(name)) {
			for (let step = 1; step <= steps; step++) {
				await sleep(stepMs, undefined, {signal});
				yield say(
					...layers.map((megabytes, index) => {
						const total = megabytes * 1_048_576;
						return {status: 'Downloading', id: idOf(index), progressDetail: {current: Math.round((total * step) / steps), total}};
					}),
				);
			}

			engine.images.set(name, {name, id: imageIdOf(name), megabytes: 42, madeHours: 48});
			world.tell('image', name, 'pull');
		}

		yield say(...layers.map((_, index) => ({status: 'Pull complete', id: idOf(index)})));
	}

	return {
		endpoint,
		engine: async signal => {
			await reach(signal);
			return known;
		},
		lastEngine: () => (isSilent === true ? undefined : known),
		async ping(signal) {
			await reach(signal);
			return answerMs;
		},
		async ask(ask) {
			await reach(ask.signal);
			const reply = demoAnswer(world, ask);
			if (reply.status >= 400 && ask.accept?.includes(reply.status) !== true) {
				throw refusal({status: reply.status, message: textAt(reply.value, 'message') ?? ''}, ask.doing, endpoint);
			}

			return reply;
		},
		async stream(ask) {
			await reach(ask.signal);
			for (const [pattern, open] of streams) {
				const match = pattern.exec(ask.path);
				if (match !== null) {
					return open(ask, match[1] ?? '');
				}
			}

			throw refusal({status: 404, message: 'page not found'}, ask.doing, endpoint);
		},
		async hijack({doing}) {
			throw refusal({status: 501, message: 'this is a demo: nothing runs in a recording'}, doing, endpoint);
		},
		async close() {},
	};
}

async function* follow(followers: Set<(event: string) => void>, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
	let told: string[] = [];
	let wake = Promise.withResolvers<void>();
	const hear = (event: string) => {
		told.push(event);
		wake.resolve();
	};

	const stop = () => wake.resolve();
	const isOver = () => signal?.aborted === true;
	followers.add(hear);
	signal?.addEventListener('abort', stop, {once: true});
	try {
		while (!isOver()) {
			await wake.promise;
			wake = Promise.withResolvers();
			const events = told;
			told = [];
			if (events.length > 0) {
				yield Buffer.from(events.join(''));
			}
		}
	} finally {
		followers.delete(hear);
		signal?.removeEventListener('abort', stop);
	}
}
