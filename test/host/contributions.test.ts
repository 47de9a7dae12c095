import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Contributions} from '../../source/core/manifest/contributions.ts';
import {type PluginHost} from '../../source/core/ports/plugin-host.ts';
import {loadValidator} from '../../source/core/schema/validate.ts';
import {allThemes} from '../../source/app/plugin-themes.ts';
import {pluginCommands} from '../../source/engine/contributions/commands.ts';
import {pluginEndpoints} from '../../source/engine/contributions/endpoints.ts';
import {pluginFlags} from '../../source/engine/contributions/global-flags.ts';
import {namedTypes} from '../../source/engine/contributions/named-types.ts';
import {contributionProblems} from '../../source/engine/contributions/problems.ts';
import {readLibrary} from '../../source/engine/templates/template-library.ts';
import {createTemplateReader} from '../../source/platform/templates/read-templates.ts';
import midnight from '../../themes/midnight.json' with {type: 'json'};
import {hostForTest} from '../helpers/host-for-test.ts';
import {madePlugin} from './made-plugin.ts';

const contributes: Contributions = {
	resourceTypes: [{type: 'job', operations: ['list', 'deploy']}],
	commands: [
		{name: 'analytics', short: 'Figures'},
		{name: 'report', parent: 'analytics', short: 'A report', handler: 'report'},
	],
	flags: [{name: 'team', type: 'string'}],
	endpoints: [
		{method: 'GET', path: '/jobs/{id}', handler: 'job'},
		{method: 'POST', path: '/api/v1/lab/jobs', handler: 'job', rateLimit: 60, permissions: ['lab.write']},
	],
	middleware: [{name: 'trace', handler: 'trace'}],
	templateTypes: [{type: 'lab_template', section: 'lab_config', schema: {type: 'object'}}],
	serviceTypes: [{type: 'lab_job', resourceType: 'job', templateType: 'lab_template'}],
	templates: [{name: 'small-job', text: 'name: Small\nservice_type: lab_job\nlab_config: {nodes: 1}\n'}],
	themes: [{name: 'forest', theme: midnight}],
};

const code = `export default {
	commands: {report: ({args}) => ({text: 'first\\n\\u001B[31msecond\\u001B[0m', data: {args}})},
	endpoints: {job: () => ({})},
	middleware: {trace: (request, next) => next(request)},
	provider: {async *list() {}},
};`;

const lab = () => madePlugin('lab', {kind: 'provider', contributes, config: {type: 'object', properties: {team: {type: 'string'}}}}, code);

/** How many of each kind there are. */
async function countsOf(host: PluginHost) {
	const plugins = host.records();
	const {templateTypes, serviceTypes} = namedTypes(plugins);
	const validate = await loadValidator();
	return {
		commands: pluginCommands(plugins).commands.length,
		flags: pluginFlags(plugins, {name: 'list', flags: []}).flags.length,
		endpoints: pluginEndpoints(plugins).endpoints.length,
		templateTypes: templateTypes.size,
		serviceTypes: serviceTypes.size,
		templates: (await readLibrary({plugins, read: createTemplateReader([]), validate})).filter(({isLaunchable}) => isLaunchable).length,
		themes: (await allThemes(plugins)).themes.length - 3,
	};
}

const all = {commands: 2, flags: 1, endpoints: 2, templateTypes: 1, serviceTypes: 1, templates: 1, themes: 1};
const none = {commands: 0, flags: 0, endpoints: 0, templateTypes: 0, serviceTypes: 0, templates: 0, themes: 0};

test('everything a plugin contributes is there before it runs, goes when it is unloaded or disabled, and comes back', async () => {
	await using made = await hostForTest([lab()]);
	const {host} = made;
	assert.deepEqual([await countsOf(host), host.records()[0]?.state], [all, 'discovered']);
	await host.load('lab');
	assert.deepEqual(await countsOf(host), all);
	await host.unload('lab');
	assert.deepEqual(await countsOf(host), none);
	await host.load('lab');
	assert.deepEqual(await countsOf(host), all);
	await host.disable('lab');
	assert.deepEqual(await countsOf(host), none);
	await host.enable('lab');
	assert.deepEqual(await countsOf(host), all);
});

test('a command answers in lines without anything a terminal would obey', async () => {
	await using made = await hostForTest([lab()]);
	const done = await made.host.call({plugin: 'lab', method: 'commands.report', args: [{args: ['x'], flags: {}}]});
	assert.deepEqual(done, {ok: true, value: {text: 'first\nsecond', data: {args: ['x']}}});
});

test('a plugin whose command has no handler fails at its registration, and what it contributes goes', async () => {
	const folder = madePlugin(
		'lab',
		{contributes: {commands: [{name: 'analytics', short: 'x', handler: 'figures'}]}},
		'export default {commands: {}};',
	);
	await using made = await hostForTest([folder]);
	const started = await made.host.start('lab');
	assert.match(started.ok ? '' : started.error.message, /unknown command handler: figures/);
	const [record] = made.host.records();
	assert.deepEqual([record?.state, record?.stage], ['failed', 'register']);
	assert.deepEqual(pluginCommands(made.host.records()).commands, []);
});

test('endpoints of plugins have places of their own: below their id, absolute, and none of cws or of another plugin', async () => {
	const other = madePlugin(
		'other',
		{
			contributes: {
				endpoints: [
					{method: 'POST', path: '/api/v1/lab/jobs', handler: 'job'},
					{method: 'GET', path: '/api/v1/plugins/mine', handler: 'job'},
					{method: 'GET', path: '/api/v1/lab/jobs/{name}', handler: 'job'},
				],
			},
		},
		'export default {endpoints: {job: () => ({})}};',
	);
	await using made = await hostForTest([lab(), other]);
	const {endpoints} = pluginEndpoints(made.host.records());
	assert.deepEqual(
		endpoints.map(({contribution, path, tag}) => `${contribution.method} ${path} ${tag}`),
		['GET /api/v1/lab/jobs/{id} plugin-lab', 'POST /api/v1/lab/jobs plugin-lab'],
	);
	assert.deepEqual(
		contributionProblems(made.host.records()).map(({message}) => message),
		[
			'The endpoint `POST /api/v1/lab/jobs` of `other` is left out, as `lab` has it.',
			'The endpoint `GET /api/v1/plugins/mine` of `other` is left out, as `/api/v1/plugins` belongs to cws.',
			'The endpoint `GET /api/v1/lab/jobs/{name}` of `other` is left out, as `lab` has it.',
		],
	);
});

test('a template type, a section or a service type that two plugins have counts once and is reported', async () => {
	const other = madePlugin('other', {
		contributes: {
			templateTypes: [{type: 'other_template', section: 'lab_config', schema: {type: 'object'}}],
			serviceTypes: [
				{type: 'lab_job', resourceType: 'job'},
				{type: 'other_job', resourceType: 'job', templateType: 'nothing'},
			],
		},
	});
	await using made = await hostForTest([lab(), other]);
	assert.deepEqual(
		contributionProblems(made.host.records()).map(({message}) => message),
		[
			'The template type `other_template` of `other` is left out, as `lab` has it.',
			'The service type `lab_job` of `other` is left out, as `lab` has it.',
			'The service type `other_job` of `other` needs the template type `nothing`, which no plugin has.',
		],
	);
});
