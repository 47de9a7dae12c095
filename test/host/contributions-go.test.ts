import assert from 'node:assert/strict';
import {rmSync} from 'node:fs';
import path from 'node:path';
import {before, test} from 'node:test';
import {allThemes} from '../../source/app/plugin-themes.ts';
import {pluginTasks} from '../../source/commands/records/plugin-task.ts';
import {type Contributions} from '../../source/core/manifest/contributions.ts';
import {type PluginRecord} from '../../source/core/plugin.ts';
import {type PluginHost} from '../../source/core/ports/plugin-host.ts';
import {loadValidator, type Validate} from '../../source/core/schema/validate.ts';
import {contributionsOf, offeredTypes} from '../../source/engine/contributions/resource-types.ts';
import {pluginCommands} from '../../source/engine/contributions/commands.ts';
import {pluginEndpoints} from '../../source/engine/contributions/endpoints.ts';
import {pluginFlags} from '../../source/engine/contributions/global-flags.ts';
import {namedTypes} from '../../source/engine/contributions/named-types.ts';
import {makeTemplates} from '../../source/engine/templates/make-templates.ts';
import {readLibrary} from '../../source/engine/templates/template-library.ts';
import {createTemplateReader} from '../../source/platform/templates/read-templates.ts';
import {lineText} from '../../source/ui/components/line/line.ts';
import {deployOffers} from '../../source/ui/overlays/deploy/offers.ts';
import {findPaletteItems} from '../../source/ui/overlays/palette/palette-items.ts';
import {openableViews} from '../../source/ui/overlays/views/views.ts';
import {offerLines} from '../../source/ui/screens/plugin/offer-lines.ts';
import {pluginLines} from '../../source/ui/screens/plugin/plugin-lines.ts';
import {panesAt, panesBeside} from '../../source/ui/view/plugin-panes/plugin-panes.ts';
import midnight from '../../themes/midnight.json' with {type: 'json'};
import {hostForTest} from '../helpers/host-for-test.ts';
import {engineState, now, viewContext, viewState} from '../ui/overlays/layer-fixture.ts';
import {madePlugin} from './made-plugin.ts';

const contributes = {
	resourceTypes: [
		{
			type: 'probe',
			operations: ['deploy', 'list'],
			form: {type: 'object', properties: {depth: {type: 'integer'}}},
			columns: [{title: 'DEPTH', field: 'meta.depth'}],
		},
	],
	commands: [{name: 'measure', short: 'Measure it', handler: 'measure'}],
	flags: [{name: 'team', type: 'string'}],
	endpoints: [{method: 'GET', path: '/depth', handler: 'depth'}],
	events: [{on: 'instance.launched', handler: 'launched'}],
	tasks: [{name: 'refresh', everySeconds: 3600, skipInitialRun: true, handler: 'refresh'}],
	middleware: [{name: 'trace', handler: 'trace'}],
	templateTypes: [{type: 'lab_template', section: 'lab_config', schema: {type: 'object'}}],
	serviceTypes: [{type: 'lab_job', resourceType: 'probe', templateType: 'lab_template'}],
	templates: [
		{name: 'small-job', text: 'name: Small\nservice_type: lab_job\nlab_config: {nodes: 1}\n'},
		{name: 'made-job', handler: 'made'},
	],
	panes: [
		{id: 'usage', title: 'Usage', placement: 'tab', view: 'usage'},
		{id: 'beside', title: 'Beside', placement: 'detail', view: 'usage', resourceTypes: ['probe']},
		{id: 'burn', title: 'Burn', placement: 'statusBar', view: 'usage'},
		{id: 'board', title: 'Board', placement: 'dashboard', view: 'usage'},
	],
	themes: [{name: 'forest', theme: midnight}],
	authProviders: [{id: 'lab-login', title: 'Lab login', flows: ['manual'], handler: 'login'}],
	storageProviders: [{id: 'shelf', title: 'Shelf', operations: ['list'], handler: 'shelf'}],
} satisfies Contributions;

const code = `
let launched = 0;
export default {
	provider: {async *list() {}, estimateCost: () => ({hourly: {amount: '1', currency: 'USD'}, components: [], confidence: 'exact', notCounted: []})},
	commands: {measure: () => 'deep'},
	endpoints: {depth: () => ({})},
	events: {launched: () => { launched += 1; }},
	tasks: {refresh: () => {}},
	templates: {made: () => 'name: Made\\nservice_type: lab_job\\nlab_config: {nodes: 2}\\n'},
	middleware: {trace: request => request},
	panes: {usage: () => ({kind: 'text', text: String(launched)})},
	services: {pricing: {priceOf: () => 1}},
	auth: {login: {login: () => ({}), status: () => ({state: 'ok'}), refresh: () => ({}), logout: () => ({})}},
	storage: {shelf: {list: () => []}},
};`;

const lab = () =>
	madePlugin(
		'lab',
		{
			kind: 'provider',
			title: 'The lab',
			provides: {pricing: '1.0.0'},
			config: {type: 'object', properties: {team: {type: 'string'}}},
			contributes,
		},
		code,
	);

let validate: Validate;
before(async () => {
	validate = await loadValidator();
});

type Face = (host: PluginHost) => readonly string[] | Promise<readonly string[]>;

const stateOf = (host: PluginHost) => engineState({plugins: host.records(), sources: []});
const answerOf = async (host: PluginHost, method: string, ...args: readonly unknown[]) =>
	(await host.call({plugin: 'lab', method, args})).ok ? [method] : [];

/** Where a person, or another plugin, meets what is contributed; by kind. Each names what it finds. */
const faces: Readonly<Record<keyof typeof contributes | 'pricing' | 'services', readonly Face[]>> = {
	resourceTypes: [
		host =>
			offeredTypes(host.records()).map(
				({key, form, columns}) => `${key} ${Object.keys(form?.properties ?? {}).join(' ')} ${columns?.[0]?.title}`,
			),
		host => deployOffers(stateOf(host), '').map(({contribution}) => contribution.key),
		host => palette(host, 'Show only probe'),
	],
	commands: [
		host => pluginCommands(host.records()).commands.map(command => command.path),
		host => palette(host, 'Measure it (lab)'),
		host => answerOf(host, 'commands.measure', {args: [], flags: {}}),
	],
	flags: [host => pluginFlags(host.records(), {name: 'list', flags: []}).flags.map(({name}) => name)],
	endpoints: [
		host => pluginEndpoints(host.records()).endpoints.map(endpoint => endpoint.path),
		host => answerOf(host, 'endpoints.depth', {}),
	],
	middleware: [host => answerOf(host, 'middleware.trace', {})],
	events: [host => labOf(host).flatMap(({hooks}) => hooks.map(({on}) => on))],
	tasks: [
		host => pluginTasks(host.records()).map(({id}) => id),
		async host => ((await host.runTask('lab', 'refresh')).ok ? ['it runs'] : []),
	],
	templateTypes: [host => [...namedTypes(host.records()).templateTypes.keys()]],
	serviceTypes: [host => [...namedTypes(host.records()).serviceTypes.keys()]],
	templates: [
		async host => {
			const make = (plugins: readonly PluginRecord[]) => makeTemplates(host, plugins);
			const rows = await readLibrary({plugins: host.records(), read: createTemplateReader([]), make, validate});
			return rows.filter(({isLaunchable}) => isLaunchable).map(({name}) => name);
		},
	],
	panes: [
		host => openableViews({engine: stateOf(host)}).map(({key}) => key),
		host => panesBeside(host.records(), 'probe').map(({key}) => key),
		host => panesAt(host.records(), 'statusBar').map(({key}) => key),
		host => panesAt(host.records(), 'dashboard').map(({key}) => key),
	],
	themes: [async host => (await allThemes(host.records())).themes.map(({name}) => name).filter(name => name === 'forest')],
	authProviders: [host => answerOf(host, 'auth.login.status')],
	storageProviders: [host => answerOf(host, 'storage.shelf.list')],
	pricing: [host => answerOf(host, 'provider.estimateCost', 'lab', {type: 'probe', name: 'x', fields: {}})],
	services: [host => labOf(host).flatMap(({services}) => services.filter(({isOffered}) => isOffered).map(({name}) => name))],
};

const labOf = (host: PluginHost) => host.records().filter(({id}) => id === 'lab');

const palette = (host: PluginHost, title: string): readonly string[] => {
	const context = viewContext(stateOf(host));
	return findPaletteItems('', context, viewState())
		.map(({item}) => item.title)
		.filter(text => text === title);
};

const found = async (host: PluginHost) =>
	Object.fromEntries(
		await Promise.all(
			Object.entries(faces).map(
				async ([kind, own]) => [kind, await Promise.all(own.map(async face => (await face(host)).length))] as const,
			),
		),
	);

const everywhere = Object.fromEntries(
	Object.entries(faces).map(([kind, own]) => [
		kind,
		own.map((_, index) => (kind === 'panes' && index === 0 ? 3 : kind === 'templates' ? 2 : 1)),
	]),
);
const nowhere = Object.fromEntries(Object.entries(faces).map(([kind, own]) => [kind, own.map(() => 0)]));

/** The tab of the plugin that says what it offers, and its overview. */
const detailOf = (host: PluginHost): string => {
	const [record] = labOf(host);
	const engine = stateOf(host);
	return record === undefined
		? ''
		: [...offerLines(record, engine, now, 100), ...pluginLines(record, engine, now, 100)].map(line => lineText(line)).join('\n');
};

const named = [
	/lab\/probe/,
	/measure +Measure it/,
	/--team/,
	/GET \/depth/,
	/instance\.launched/,
	/refresh +every 1/,
	/trace +priority/,
	/lab_template/,
	/lab_job/,
	/small-job/,
	/made-job/,
	/Usage +a view of its own/,
	/Beside +beside what it is about/,
	/forest/,
	/Lab login/,
	/Shelf/,
	/pricing/,
];

test('what a plugin contributes of every kind is in its detail and on every face while it is on, and nowhere when it is off', async () => {
	await using made = await hostForTest([lab()]);
	const {host, pluginDirectory} = made;
	const isThere = async (when: string) => {
		assert.deepEqual(await found(host), everywhere, when);
		const detail = detailOf(host);
		named.forEach(name => assert.match(detail, name, when));
	};
	const isGone = async (when: string) => {
		assert.deepEqual(await found(host), nowhere, when);
		const detail = detailOf(host);
		named.forEach(name => assert.doesNotMatch(detail, name, when));
	};

	assert.ok((await host.load('lab')).ok);
	await isThere('loaded');
	await host.unload('lab');
	await isGone('unloaded');
	assert.match(detailOf(host), /Nothing of it is in cws: it is unloaded\.\nIt would add 1 resource type, 1 CLI command/);
	await host.load('lab');
	await isThere('loaded again');
	await host.disable('lab');
	await isGone('disabled');
	assert.match(detailOf(host), /it is disabled/);
	assert.ok((await host.enable('lab')).ok);
	await isThere('enabled');
	rmSync(path.join(pluginDirectory, 'lab'), {recursive: true});
	await host.rescan();
	await isGone('removed');
	assert.deepEqual(host.records(), []);
});

test('while the plugin is off its events reach nobody, and none that came meanwhile is told it later', async () => {
	await using made = await hostForTest([lab()]);
	const {host} = made;
	const launched = {at: 1, type: 'instance.launched', level: 'info' as const, subject: 'x', message: 'x'};
	const heard = async () => {
		const view = await host.call<{text: string}>({plugin: 'lab', method: 'panes.usage', args: [{}]});
		return view.ok ? view.value.text : view.error.code;
	};
	await host.load('lab');
	await host.unload('lab');
	host.emitEvent(launched);
	assert.equal(await heard(), 'CWS_PLUGIN_DISABLED');
	await host.load('lab');
	assert.equal(await heard(), '0');
	host.emitEvent(launched);
	assert.equal(await heard(), '1');
});

test('a type of a plugin that is off is still known by who has it, and another plugin that has it too takes its place', async () => {
	const other = madePlugin(
		'other',
		{kind: 'provider', contributes: {resourceTypes: [{type: 'probe', provider: 'lab', operations: ['list']}]}},
		'export default {provider: {async *list() {}}};',
	);
	await using made = await hostForTest([lab(), other]);
	const {host} = made;
	const owner = () => contributionsOf(host.records()).get('lab/probe')?.plugin.id;
	assert.equal(owner(), 'lab');
	await host.disable('lab');
	assert.equal(owner(), 'other');
	await host.disable('other');
	assert.equal(owner(), 'lab');
	assert.deepEqual(offeredTypes(host.records()), []);
});
