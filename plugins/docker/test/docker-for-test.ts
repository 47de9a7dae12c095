import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type CallContext} from 'cws/sdk';
import {type DockerConfig, type World} from '../context.ts';
import {createProvider} from '../provider.ts';
import {createState, type DockerState} from '../state.ts';
import {type FakeEngine, startFakeEngine} from './fake-engine.ts';

export const defaultConfig: DockerConfig = {discover: false, hosts: {}, currency: 'USD', stopGraceSeconds: 1, statsSeconds: 0};

export const quiet = {debug() {}, info() {}, warn() {}, error() {}};

export const emptyWorld = (home: string): World => ({
	env: {PATH: '/nowhere', XDG_RUNTIME_DIR: join(home, 'run')},
	home,
	uid: 1000,
	platform: 'linux',
});

export const call = (signal: AbortSignal = new AbortController().signal): CallContext => ({signal, progress() {}});

export type DockerForTest = {
	readonly home: string;
	readonly state: DockerState;
	readonly provider: ReturnType<typeof createProvider>;
	/** The engines in the order of their names. */
	readonly engines: readonly FakeEngine[];
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** The plugin without its host, over small engines of the given names. */
export async function dockerForTest(names: readonly string[], more: Partial<DockerConfig> = {}): Promise<DockerForTest> {
	const home = mkdtempSync(join(tmpdir(), 'cws-docker-'));
	const engines = await Promise.all(names.map(async name => startFakeEngine(join(home, `${name}.sock`))));
	const hosts = Object.fromEntries(names.map((name, index) => [name, {url: engines[index]!.url}]));
	const state = createState({config: {...defaultConfig, hosts, ...more}, world: emptyWorld(home), log: quiet});
	return {
		home,
		state,
		provider: createProvider(() => state),
		engines,
		async [Symbol.asyncDispose]() {
			await state.endpoints.close();
			await Promise.all(engines.map(async engine => engine[Symbol.asyncDispose]()));
			rmSync(home, {recursive: true, force: true});
		},
	};
}

/** Everything a stream gives, until it ends. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
	const all: Item[] = [];
	for await (const item of items) {
		all.push(item);
	}

	return all;
}
