import {failure} from '../core/failure/failure.ts';
import {failed, ok} from '../core/failure/outcome.ts';
import {type Manifest} from '../core/manifest.ts';
import {type Settings} from '../core/settings.ts';
import {createEngine} from '../engine/create-engine.ts';
import {type Engine} from '../engine/engine.ts';
import {type Plugin} from '../sdk/plugin.ts';
import {createFakeClock, type FakeClock} from './fake-clock.ts';
import {createFakeSecrets} from './fake-secrets.ts';
import {createFakeStore, type FakeStore} from './fake-store.ts';
import {createMemoryHost} from './memory-host.ts';
import {type StartOptions, startPlugin, type TestPlugin} from './start-plugin.ts';

/** The engine of cws around one plugin, all in memory. */
export type TestEngine = {
	readonly engine: Engine;
	readonly plugin: TestPlugin;
	readonly clock: FakeClock;
	/** What would be in the database. */
	readonly store: FakeStore;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

const settings: Settings = {
	theme: 'midnight',
	keys: {},
	keyPreset: 'default',
	defaults: {},
	refreshSeconds: 10,
	undoSeconds: 0,
	readOnly: false,
	cost: {hoursPerMonth: 720, currency: 'USD'},
	secrets: {place: 'auto'},
	plugins: {isolationOf: {}, requireSigned: false, disabled: [], allow: [], deny: [], disableLocalDiscovery: false, options: {}},
};

/**
Puts a plugin behind the engine that the dashboard and the command line use: what a deploy, a list or a destroy comes to with its plans,
its events and its record. Time stands still until `clock.advance`. Use it with `await using`.
*/
export async function createTestEngine(
	plugin: Plugin,
	{manifest, ...options}: StartOptions & {readonly manifest: Manifest},
): Promise<TestEngine> {
	const clock = options.clock ?? createFakeClock();
	const running = await startPlugin(plugin, {...options, manifest, clock});
	const store = createFakeStore();
	const notHere = async () => failed(failure('CWS_NOT_SUPPORTED', {message: 'The engine of a test installs nothing.'}));
	const engine = createEngine({
		host: createMemoryHost(manifest, running),
		secrets: createFakeSecrets(),
		installer: {prepare: notHere, remove: notHere},
		savePluginConfig: async (_plugin, values) => ok(values),
		saveTrust: folder => ok(folder),
		readTemplates: async () => [],
		store: Promise.resolve(store),
		clock,
		settings,
		notices: [],
		process: {pid: 1, user: 'test', isAlive: () => true},
		isDemo: false,
	});
	await engine.load();
	return {
		engine,
		plugin: running,
		clock,
		store,
		async [Symbol.asyncDispose]() {
			await engine.stop();
		},
	};
}
