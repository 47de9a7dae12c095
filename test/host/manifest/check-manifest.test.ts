import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {loadValidator} from '../../../source/core/schema/validate.ts';
import {checkManifest} from '../../../source/host/manifest/check-manifest.ts';
import {manifestSchema} from '../../../source/host/manifest/schema/manifest.ts';
import {goodManifest, problemsOf} from './manifest-for-test.ts';

const validate = await loadValidator();

/** Everything the contract has, as a plugin author would write it. */
const whole = {
	...goodManifest,
	$schema: 'https://example.com/plugin.schema.json',
	'x-notes': {mine: true},
	description: 'A cloud',
	author: 'Ada',
	license: 'MIT',
	homepage: 'https://example.com',
	repository: 'https://example.com/acme.git',
	engines: {cws: '>=0.1.0'},
	activation: ['onStartup', 'onResourceType:vm', 'onCommand:acme.price', 'onEvent:instance.launched', 'onTask'],
	provides: {pricing: '1.0.0'},
	requires: {dns: '^1.0.0'},
	optionalRequires: {notify: '^1'},
	dependencies: {'other-plugin': '*'},
	permissions: {
		http: [{hosts: ['api.acme.cloud', '*.objects.acme.cloud'], methods: ['GET', 'POST'], reason: 'its API'}],
		fs: [{path: '${xdgConfig}/acme/cli.toml', access: 'read', reason: 'reuse your login'}],
		env: [{name: 'ACME_TOKEN', as: 'secret', reason: 'for builds'}],
		exec: [{id: 'ssh', command: 'acme', args: ['server', 'ssh', {name: 'server', pattern: '[\\w.-]{1,63}'}], tty: true, reason: 'SSH'}],
		secrets: [{name: 'token', title: 'API token', inject: {header: 'authorization', template: 'Bearer {}'}, hosts: ['api.acme.cloud']}],
		events: {subscribe: ['project.changed'], publish: ['acme.*']},
		store: {maxBytes: 5_242_880},
		ui: ['notify'],
	},
	limits: {memoryMb: 128, callMs: 15_000},
	config: {type: 'object', properties: {endpoint: {type: 'string', default: 'https://api.acme.cloud'}, timeout: {default: 30}}},
	contributes: {
		resourceTypes: [{type: 'vm', operations: ['list', 'get'], form: {type: 'object'}, columns: [{title: 'ZONE', field: 'meta.zone'}]}],
		commands: [
			{name: 'analytics', short: 'what it costs'},
			{
				name: 'report',
				parent: 'analytics',
				usage: 'report --type weekly',
				short: 'a report',
				long: 'Long.',
				aliases: ['rep'],
				flags: [{name: 'type', type: 'string', choices: ['weekly'], default: 'weekly'}],
				handler: 'report',
			},
		],
		flags: [{name: 'zone', type: 'string', verbs: ['list']}],
		endpoints: [{method: 'GET', path: '/jobs/{id}', protected: true, permissions: ['analytics.read'], rateLimit: 60, handler: 'usage'}],
		events: [{on: 'instance.launched', handler: 'launched', priority: 500}],
		tasks: [{name: 'refresh', everySeconds: 3600, skipInitialRun: true, handler: 'refresh'}],
		middleware: [{name: 'trace', priority: 100, handler: 'trace'}],
		templateTypes: [{type: 'slurm_template', section: 'slurm_config', schema: {type: 'object'}}],
		serviceTypes: [{type: 'slurm_job', resourceType: 'job', templateType: 'slurm_template'}],
		templates: [{name: 'small', text: 'name: small\n'}],
		panes: [{id: 'usage', title: 'Usage', placement: 'tab', view: 'usageView'}],
		themes: [{name: 'acme-dark', file: 'themes/dark.json'}],
		authProviders: [{id: 'acme', title: 'Acme', flows: ['browser'], handler: 'login'}],
		storageProviders: [{id: 'acme', title: 'Acme volumes', operations: ['create', 'list'], handler: 'volumes'}],
	},
} as const;

test('a manifest with everything the contract has is accepted', async () => {
	assert.deepEqual(await problemsOf(whole, {cwsVersion: '0.1.0'}), []);
});

test('the published schema accepts and refuses the same', () => {
	assert.deepEqual(validate(manifestSchema as object, whole), []);
	const [wrong] = validate(manifestSchema as object, {...whole, permissions: {http: [{hostz: ['a.b.c'], hosts: ['a.b.c'], reason: 'x'}]}});
	assert.deepEqual([wrong?.pointer, wrong?.nearest], ['/permissions/http/0/hostz', 'hosts']);
	const file = fileURLToPath(new URL('../../../docs/plugin.schema.json', import.meta.url));
	assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), JSON.parse(JSON.stringify(manifestSchema)));
});

test('the manifests of the bundled plugins are accepted', async () => {
	for (const id of ['local', 'mock']) {
		const file = fileURLToPath(new URL(`../../../plugins/${id}/plugin.json`, import.meta.url));
		assert.deepEqual(await problemsOf(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>, {cwsVersion: '0.1.0'}), []);
	}
});

test('an unknown permission, an unknown field in one and an unknown contribution are refused with the nearest that is known', async () => {
	assert.deepEqual(await problemsOf({permissions: {htpp: []}}), ['/permissions/htpp is not a known field | Did you mean `http`?']);
	assert.deepEqual(await problemsOf({permissions: {http: [{hosts: ['api.acme.cloud'], methds: ['GET'], reason: 'x'}]}}), [
		'/permissions/http/0/methds is not a known field | Did you mean `methods`?',
	]);
	assert.deepEqual(await problemsOf({permissions: {store: {maxBytes: 1, forever: true}}}), [
		'/permissions/store/forever is not a known field | Take it out: known here are `maxBytes`, `reason`.',
	]);
	assert.deepEqual(await problemsOf({contributes: {comands: []}}), [
		'/contributes/comands is not a known field | Did you mean `commands`?',
	]);
	assert.deepEqual(await problemsOf({runtime: 'trusted'}), [
		`/runtime is not a known field | Take it out: known here are ${Object.keys(manifestSchema.properties ?? {})
			.map(name => `\`${name}\``)
			.join(', ')}.`,
	]);
});

test('every permission needs its reason, and a missing field says what to add', async () => {
	assert.deepEqual(await problemsOf({permissions: {http: [{hosts: ['api.acme.cloud']}]}}), [
		'/permissions/http/0/reason is required | Add `reason`.',
	]);
	assert.deepEqual(await problemsOf({contributes: {tasks: [{name: 'sync', handler: 'sync'}]}}), [
		'/contributes/tasks/0/everySeconds is required | Add `everySeconds`.',
	]);
});

test('a pattern that is not met is said in words', async () => {
	const [line] = await problemsOf({contributes: {events: [{on: 'Instance Launched', handler: 'x'}]}});
	assert.match(line ?? '', /^\/contributes\/events\/0\/on must be the dotted name of an event/);
	assert.match(
		(await problemsOf({permissions: {env: [{name: 'AWS_*', reason: 'x'}]}}))[0] ?? '',
		/must be the name of one variable, without patterns/,
	);
});

test('no task runs more often than once a second', async () => {
	assert.match(
		(await problemsOf({contributes: {tasks: [{name: 'sync', everySeconds: 0.1, handler: 'sync'}]}}))[0] ?? '',
		/^\/contributes\/tasks\/0\/everySeconds must be at least 1/,
	);
});

test('a config or form that is no schema, and a default that does not fit its own field, are found before the plugin starts', async () => {
	assert.match((await problemsOf({config: {type: 'strange'}}))[0] ?? '', /^\/config is not a JSON Schema: /);
	assert.match(
		(await problemsOf({contributes: {resourceTypes: [{type: 'vm', operations: ['list'], form: {type: 'strange'}}]}}))[0] ?? '',
		/^\/contributes\/resourceTypes\/0\/form is not a JSON Schema/,
	);
	assert.match(
		(await problemsOf({config: {type: 'object', properties: {port: {type: 'integer', maximum: 9, default: 10}}}}))[0] ?? '',
		/^\/config\/properties\/port\/default does not fit its own schema: it must be at most 9/,
	);
});

test('the failure has the file, the pointer, the line and column of the field, and the fix', async () => {
	const directory = mkdtempSync(path.join(tmpdir(), 'cws-manifest-'));
	try {
		const file = path.join(directory, 'plugin.json');
		const manifest = {...goodManifest, limits: {memoryMb: 1}};
		writeFileSync(file, JSON.stringify(manifest, undefined, '\t'));
		const failure = await checkManifest(manifest, directory, {validate});
		assert.equal(failure?.code, 'CWS_PLUGIN_MANIFEST');
		assert.equal(failure.message, `\`/limits/memoryMb\` in \`${file}:9:3\` must be at least 16.`);
		assert.deepEqual(failure.details, {file, pointer: '/limits/memoryMb', field: 'limits.memoryMb', line: 9, column: 3});
		rmSync(file);
		assert.equal(
			(await checkManifest(manifest, directory, {validate}))?.message,
			`\`/limits/memoryMb\` in \`${file}\` must be at least 16.`,
		);
	} finally {
		rmSync(directory, {recursive: true});
	}
});
