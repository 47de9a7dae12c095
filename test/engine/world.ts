import {type PluginRecord} from '../../source/core/plugin.ts';
import {type ResourceTypeContribution} from '../../source/core/manifest/contributions.ts';
import {ok} from '../../source/core/failure/outcome.ts';
import {type ProviderResource} from '../../source/core/resource.ts';
import {type TemplateSource} from '../../source/core/template.ts';
import {type Settings} from '../../source/core/settings.ts';
import {createEngine} from '../../source/engine/create-engine.ts';
import {type Engine} from '../../source/engine/engine.ts';
import {createFakeClock, type FakeClock} from '../helpers/fake-clock.ts';
import {createFakeHost, fakePlugin, type FakeHost} from '../helpers/fake-host.ts';
import {createFakeInstaller, type FakeInstaller} from '../helpers/fake-installer.ts';
import {createFakeSecrets, type FakeSecrets} from '../helpers/fake-secrets.ts';
import {createFakeStore, type FakeStore} from '../helpers/fake-store.ts';

export const vmType: ResourceTypeContribution = {
	type: 'vm',
	operations: ['deploy', 'list', 'get', 'start', 'stop', 'restart', 'hibernate', 'resume', 'destroy', 'logs', 'connect', 'metrics'],
	form: {
		type: 'object',
		properties: {command: {type: 'string', default: 'sleep 1'}, port: {type: 'integer', minimum: 1, maximum: 65_535}},
		additionalProperties: false,
	},
	sizes: [{name: 'small'}, {name: 'large'}],
	convergeSeconds: 60,
};

const settings: Settings = {
	theme: 'midnight',
	keys: {},
	keyPreset: 'default',
	defaults: {},
	refreshSeconds: 10,
	undoSeconds: 10,
	readOnly: false,
	cost: {hoursPerMonth: 720, currency: 'USD'},
	secrets: {place: 'auto'},
	plugins: {isolationOf: {}, requireSigned: false, disabled: [], allow: [], deny: [], disableLocalDiscovery: false, options: {}},
};

type World = {
	readonly engine: Engine;
	readonly clock: FakeClock;
	readonly host: FakeHost;
	readonly store: FakeStore;
	readonly secrets: FakeSecrets;
	/** Options of plugins that were saved. */ readonly saved: Map<string, Readonly<Record<string, unknown>>>;
};

type Options = {
	readonly plugins?: readonly PluginRecord[];
	readonly settings?: Partial<Settings>;
	readonly store?: FakeStore;
	/** The opening of the database, in place of the fake one. */
	readonly opening?: Promise<FakeStore>;
	readonly secrets?: FakeSecrets;
	readonly host?: FakeHost;
	/** Texts of templates. */
	readonly templates?: readonly TemplateSource[];
	readonly installer?: FakeInstaller;
	readonly clock?: FakeClock;
	readonly pid?: number;
	readonly isAlive?: (pid: number) => boolean;
};

/** An engine between fakes; nothing is loaded or started yet. */
export function createWorld(options: Options = {}): World {
	const {pid = 100, isAlive = () => true, templates = []} = options;
	const clock = options.clock ?? createFakeClock();
	const host = options.host ?? createFakeHost(options.plugins ?? [fakePlugin('lab', [vmType])]);
	const store = options.store ?? createFakeStore({isAlive});
	const secrets = options.secrets ?? createFakeSecrets();
	const saved: World['saved'] = new Map();
	const engine = createEngine({
		host,
		readTemplates: async () => templates,
		secrets,
		installer: options.installer ?? createFakeInstaller(),
		saveTrust: folder => ok(folder),
		async savePluginConfig(plugin, values) {
			const all = {...saved.get(plugin), ...values};
			saved.set(plugin, all);
			return ok(all);
		},
		store: options.opening ?? Promise.resolve(store),
		clock,
		settings: {...settings, ...options.settings},
		notices: [],
		process: {pid, user: 'ada', isAlive},
		isDemo: false,
	});
	return {engine, clock, host, store, secrets, saved};
}

/** The same, loaded and started, with the first lists in. */
export async function startWorld(
	options: Options & {readonly rows?: Readonly<Record<string, readonly ProviderResource[]>>} = {},
): Promise<World> {
	const world = createWorld(options);
	for (const [key, rows] of Object.entries(options.rows ?? {})) {
		world.host.rows.set(key, rows);
	}

	await world.engine.load();
	world.engine.start();
	await world.clock.advance(0);
	await world.clock.advance(200);
	return world;
}

export const vm = (name: string, patch: Partial<ProviderResource> = {}): ProviderResource => ({
	id: `i-${name}`,
	type: 'vm',
	name,
	status: 'running',
	rawStatus: 'RUNNING',
	...patch,
});

export const rowsOf = ({engine}: Pick<World, 'engine'>) => engine.getState().sources.flatMap(({resources}) => resources);

export const rowOf = (world: Pick<World, 'engine'>, name: string) => rowsOf(world).find(row => row.name === name);

export const statusOf = (world: Pick<World, 'engine'>, name: string) => rowOf(world, name)?.status;

export const refOf = (name: string) => `lab/-/-/vm/i-${name}`;

/** Makes the provider do an action by changing its rows, at once. */
export function obey({host}: Pick<World, 'host'>, action: string, status: ProviderResource['status'] | undefined): void {
	host.answer(`provider.${action}`, ({args}) => {
		const {id} = args[0] as {id: string};
		const rows = host.rows.get('lab/vm') ?? [];
		host.rows.set(
			'lab/vm',
			status === undefined ? rows.filter(row => row.id !== id) : rows.map(row => (row.id === id ? {...row, status} : row)),
		);
		return ok({status: status === undefined ? 'deleted' : 'updated', id});
	});
}

/** Makes deploys work: the new row is there at once, in the given state. */
export function obeyDeploy({host}: Pick<World, 'host'>, patch: Partial<ProviderResource> = {}): void {
	host.answer('provider.deploy', ({args}) => {
		const {name} = args[1] as {name: string};
		host.rows.set('lab/vm', [...(host.rows.get('lab/vm') ?? []), vm(name, patch)]);
		return ok({status: 'created', id: `i-${name}`});
	});
}

export const eventTypes = ({store}: Pick<World, 'store'>) => store.events.map(({type}) => type);
