import {amount, free, total, unknown} from '../../../source/core/money/money.ts';
import {type ResourceTypeContribution} from '../../../source/core/manifest/contributions.ts';
import {formatRef} from '../../../source/core/reference.ts';
import {type PluginRecord} from '../../../source/core/plugin.ts';
import {type ProviderResource, type Resource} from '../../../source/core/resource.ts';
import {type Validate} from '../../../source/core/schema/validate.ts';
import {type EngineState} from '../../../source/engine/state.ts';
import {createKeymap} from '../../../source/keymap/create-keymap.ts';
import {type InputEvent, type KeyEvent} from '../../../source/keymap/key-event.ts';
import {type ViewContext} from '../../../source/ui/view/context.ts';
import {initialView} from '../../../source/ui/view/initial-view.ts';
import {type ViewState} from '../../../source/ui/view/state.ts';

export const now = Date.UTC(2026, 10, 21, 10, 24);
const day = 86_400_000;

const lifecycle = [
	'deploy',
	'list',
	'get',
	'start',
	'stop',
	'restart',
	'hibernate',
	'resume',
	'destroy',
	'logs',
	'connect',
	'metrics',
] as const;

const localForm: ResourceTypeContribution['form'] = {
	type: 'object',
	additionalProperties: false,
	required: ['port'],
	properties: {
		template: {
			type: 'string',
			title: 'Template',
			description: 'What runs when no command is given',
			enum: ['shell', 'python-http'],
			default: 'shell',
		},
		command: {type: 'string', title: 'Command', minLength: 1, description: 'A shell line that runs instead of the template'},
		port: {type: 'integer', title: 'Port', minimum: 1, maximum: 65_535, description: 'Where it listens'},
		isPublic: {type: 'boolean', title: 'Public'},
		env: {type: 'object', title: 'Environment', additionalProperties: {type: 'string'}, 'x-advanced': true},
		args: {type: 'array', title: 'Arguments', items: {type: 'string'}, 'x-advanced': true},
	},
};

export const plugin = (
	id: string,
	resourceTypes: readonly ResourceTypeContribution[],
	changes: Partial<PluginRecord> = {},
): PluginRecord => ({
	id,
	manifest: {
		id,
		version: '0.1.0',
		title: id,
		kind: 'provider',
		api: 1,
		main: 'index.js',
		description: `The ${id} provider`,
		contributes: {resourceTypes},
	},
	origin: 'bundled',
	directory: `/plugins/${id}`,
	state: 'active',
	generation: 1,
	startedAt: now - 3_600_000,
	startMs: 41,
	health: {status: 'pass', latencyMs: 6, observedAt: now - 4000},
	healthHistory: [4, 6, 5, 12, 6, 7, 9, 6].map((latencyMs, index) => ({
		at: now - (8 - index) * 10_000,
		status: index === 3 ? 'warn' : 'pass',
		latencyMs,
	})),
	usage: {memoryBytes: 19_000_000, cpuPercent: 0.4, calls: 812, errors: 3, p50Ms: 4, p95Ms: 31},
	strikes: 0,
	tasks: [],
	hooks: [],
	services: [],
	requires: [],
	denied: {count: 0},
	...changes,
});

export const resource = (provider: string, changes: Partial<ProviderResource> & {readonly name: string}): Resource => {
	const type = changes.type ?? 'vm';
	const id = changes.id ?? changes.name;
	return {
		type,
		id,
		status: 'running',
		rawStatus: changes.status ?? 'running',
		createdAt: now - 12 * day,
		...changes,
		provider,
		ref: formatRef({provider, account: changes.account, region: changes.region, type, id}),
		seenAt: now - 4000,
	};
};

const estimate = (hourly: number, stopped: number): NonNullable<ProviderResource['cost']> => ({
	hourly: amount(hourly),
	stoppedHourly: amount(stopped),
	components: [
		{name: 'compute', description: 'g5.xlarge · 4 vCPU · 16 GB', hourly: amount(hourly - 0.0111), source: 'bundled', asOf: '2026-11-19'},
		{name: 'storage', description: 'gp3 100 GB', hourly: amount(0.0111), source: 'bundled', asOf: '2026-11-19', billsWhenStopped: true},
	],
	confidence: 'exact',
	notCounted: ['egress', 'snapshots'],
});

export const notebook = resource('aws', {
	name: 'old-notebook',
	id: 'i-0a12bb34cc56d9f3e',
	account: 'lab (210987654321)',
	region: 'eu-west-1',
	status: 'stopped',
	createdAt: now - 88 * day,
	cost: estimate(0.0832, 0.0111),
});

export const gpu = resource('aws', {
	name: 'genomics-gpu',
	id: 'i-0ff1ce',
	account: 'prod (123456789012)',
	region: 'us-east-1',
	size: 'g5.xlarge',
	tags: {team: 'genomics', stage: 'prod'},
	endpoints: [{label: 'ssh', address: '10.0.3.17:22', isReachable: true}],
	metrics: {cpuPercent: 71, memoryBytes: 9e9, memoryTotalBytes: 16e9, uptimeMs: 12 * day},
	meta: {image: 'ami-0abcdef', network: {vpc: 'vpc-1', subnets: ['a', 'b']}},
	cost: estimate(1.0171, 0.0111),
});

export const web = resource('local', {
	name: 'web-1',
	createdAt: now - 240_000,
	size: '256 MB',
	cost: {hourly: free('it runs on your machine'), components: [], confidence: 'exact', notCounted: []},
	endpoints: [{address: 'http://127.0.0.1:8080', isReachable: true}],
});

export const host = resource('local', {name: 'this-machine', type: 'host', protected: 'This is the machine cws runs on.', cost: web.cost!});

export const plugins: readonly PluginRecord[] = [
	plugin('local', [
		{type: 'vm', title: 'Workstation', operations: lifecycle, form: localForm},
		{type: 'host', title: 'This machine', operations: ['list', 'get', 'connect', 'metrics', 'destroy']},
	]),
	plugin('aws', [
		{
			type: 'vm',
			title: 'EC2 instance',
			operations: lifecycle,
			regions: ['eu-west-1', 'us-east-1'],
			sizes: [
				{name: 't3.large', cpus: 2, memoryMb: 8192},
				{name: 'g5.xlarge', title: 'A10G 24 GB', cpus: 4, memoryMb: 16_384},
			],
		},
		{type: 'database', title: 'RDS database', operations: ['deploy', 'list', 'get', 'destroy']},
	]),
	plugin('slurm', [{type: 'job', title: 'Batch job', operations: ['deploy', 'list', 'get', 'destroy', 'logs']}], {
		state: 'disabled',
		health: {status: 'unknown'},
		healthHistory: [],
	}),
];

export function engineState(changes: Partial<EngineState> = {}): EngineState {
	const source = (provider: string, type: string, resources: readonly Resource[]): EngineState['sources'][number] => ({
		key: `${provider}/${type}`,
		plugin: provider,
		provider,
		type,
		phase: 'live',
		resources,
		seenAt: now - 4000,
		isStale: false,
		isRefreshing: false,
		missing: [],
		skipped: 0,
	});
	return {
		phase: 'ready',
		isDemo: false,
		isReadOnly: false,
		isPaused: false,
		plugins,
		sources: [
			source('local', 'vm', [web]),
			source('local', 'host', [host]),
			source('aws', 'vm', [gpu, notebook]),
			source('slurm', 'job', [
				resource('slurm', {
					name: 'fold-17',
					type: 'job',
					cost: {hourly: unknown('no rate is set'), components: [], confidence: 'unknown', notCounted: []},
				}),
			]),
		],
		operations: [],
		events: [],
		logs: [],
		notices: [],
		spend: {
			today: total([amount(62.1)]),
			monthToDate: total([amount(1904)]),
			forecast: total([amount(3120)]),
			history: [3, 3.2, 3.1, 4, 4.2, 4.4, 4.2].map(value => value * 1e9),
			hasGaps: false,
			byRef: new Map([[notebook.ref, 212_400_000_000]]),
			computedAt: now,
		},
		recorder: {isMine: true},
		hoursPerMonth: 720,
		...changes,
	};
}

/** Checks what the tests need of JSON Schema; the real validator is too slow to load for each file. */
export const validate: Validate = (schema, value) =>
	Object.entries(schema.properties ?? {}).flatMap(([field, property]) => {
		const given = (value as Record<string, unknown>)[field];
		if (given === undefined) {
			return schema.required?.includes(field) ? [{field, message: 'is required'}] : [];
		}

		if (property.type === 'integer' && !Number.isInteger(given)) {
			return [{field, message: 'must be integer'}];
		}

		return typeof given === 'number' && property.maximum !== undefined && given > property.maximum
			? [{field, message: `must be at most ${property.maximum}`}]
			: [];
	});

export function viewContext(engine: EngineState = engineState(), changes: Partial<ViewContext> = {}): ViewContext {
	const keymap = createKeymap();
	return {
		engine,
		rows: engine.sources.flatMap(({resources}) => resources),
		total: 5,
		staleGroups: [],
		keymap,
		settings: {undoSeconds: 10, defaults: {}},
		validate,
		commands: () => keymap.bindings.map(({command, title, scope}) => ({id: command, title, keys: keymap.keysOf(command), place: scope})),
		themes: ['midnight', 'paper', 'mono'].map(name => ({name, title: name})),
		...changes,
	};
}

export const viewState = (changes: Partial<ViewState> = {}): ViewState => initialView({size: {columns: 120, rows: 36}, now, ...changes});

export const key = (name: string): InputEvent => {
	const parts = name.split('+');
	const last = name === '+' ? '+' : parts.at(-1)!;
	const named: KeyEvent = {name: last, ctrl: parts.includes('ctrl'), alt: parts.includes('alt'), shift: parts.includes('shift')};
	const text = last === 'space' ? ' ' : last.length === 1 && !named.ctrl && !named.alt ? last : undefined;
	return {type: 'key', key: text === undefined ? named : {...named, text}};
};

/** One event for each character, as a person types. */
export const typed = (text: string): readonly InputEvent[] => Array.from(text, character => key(character === ' ' ? 'space' : character));
