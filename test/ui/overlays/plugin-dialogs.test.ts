import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {failure} from '../../../source/core/failure/failure.ts';
import {type PermissionItem} from '../../../source/core/permissions/permission-item.ts';
import {type PluginRecord} from '../../../source/core/plugin.ts';
import {lineText} from '../../../source/ui/components/line/line.ts';
import {openConsent} from '../../../source/ui/overlays/consent/consent.ts';
import {viewConsent} from '../../../source/ui/overlays/consent/view-consent.ts';
import {openInstall} from '../../../source/ui/overlays/install/install.ts';
import {openMessage} from '../../../source/ui/overlays/message/message.ts';
import {openOptions} from '../../../source/ui/overlays/options/options.ts';
import {viewOptions} from '../../../source/ui/overlays/options/view-options.ts';
import {questionOf, viewQuestion} from '../../../source/ui/overlays/question/question.ts';
import {openRemove} from '../../../source/ui/overlays/remove/remove.ts';
import {openSecret} from '../../../source/ui/overlays/secret/secret.ts';
import {viewSecret} from '../../../source/ui/overlays/secret/view-secret.ts';
import {type DialogView} from '../../../source/ui/components/dialog/dialog-view.ts';
import {drive, refusal, reply, runs} from './drive.ts';
import {engineState, key, plugin, typed, viewContext, viewState} from './layer-fixture.ts';

const high: PermissionItem = {kind: 'exec', title: 'run `uname`, outside the sandbox', reason: 'Shows the kernel', risk: 'high'};
const low: PermissionItem = {kind: 'http', title: 'send any request to api.acme.example', reason: 'Reads usage', risk: 'low'};
const consent = {needed: [high, low], isUpdate: false};

const record = (changes: Partial<PluginRecord> = {}): PluginRecord => {
	const acme = plugin('acme', [], {origin: 'user', ...changes});
	return {
		...acme,
		manifest: {
			...acme.manifest,
			title: 'Acme Cloud',
			permissions: {
				http: [{hosts: ['api.acme.example'], reason: 'x'}],
				secrets: [
					{name: 'token', title: 'API token'},
					{name: 'key', title: 'Deploy key'},
				],
			},
			config: {
				type: 'object',
				properties: {
					timeout: {type: 'integer', maximum: 300, default: 30, title: 'Timeout'},
					endpoint: {type: 'string', default: 'https://a.example', title: 'Endpoint'},
					password: {type: 'string', format: 'password'},
				},
			},
		},
	};
};

const contextOf = (plugins: readonly PluginRecord[]) => viewContext(engineState({plugins}));
const textOf = ({title, header = [], body, footer = []}: DialogView): string =>
	[title, ...[...header, ...body, ...footer].map(line => lineText(line))].join('\n');

suite('consent', () => {
	const blocked = record({state: 'blocked', stage: 'security', consent});
	const context = contextOf([blocked]);

	test('every permission is shown with its reason, the dangerous first, under the name and the badge', () => {
		const text = textOf(viewConsent(openConsent(blocked, consent).state, context, viewState()));
		assert.match(text, /Acme Cloud {2}acme 0\.1\.0\norigin +from your plugins · unsigned/);
		assert.match(
			text,
			/one can do real\s+harm[^]*▲ run `uname`[^]*“Shows the kernel”[^]*· send any request to api\.acme\.example[^]*“Reads usage”/,
		);
	});

	test('Enter right away and Esc allow nothing', () => {
		for (const name of ['enter', 'esc']) {
			const driven = drive(openConsent(blocked, consent), [key(name)], context);
			assert.equal(driven.state, undefined);
			assert.deepEqual(driven.effects, []);
		}
	});

	test('only the focused button says yes, or takes back what there was', () => {
		const allow = drive(openConsent(blocked, consent), [key('tab'), key('tab'), key('enter')], context);
		assert.deepEqual(allow.effects, [
			{type: 'run', command: 'grantPlugin', input: {plugin: 'acme', needed: [high, low]}, reply: 'view:failure'},
		]);
		const deny = drive(openConsent(blocked, consent), [key('tab'), key('enter')], context);
		assert.deepEqual(deny.effects, [{type: 'run', command: 'denyPlugin', input: {plugin: 'acme'}, reply: 'view:failure'}]);
	});

	test('a yes to what was asked before does not count for what is asked now', () => {
		const more = contextOf([record({state: 'blocked', consent: {needed: [high, high, low], isUpdate: false}})]);
		const driven = drive(openConsent(blocked, consent), [key('tab'), key('tab'), {type: 'engine'}], more);
		assert.equal(driven.state?.kind === 'consent' && driven.state.focus, 'cancel');
		assert.ok(
			driven.state?.kind === 'consent' && textOf(viewConsent(driven.state, more, viewState())).includes('It asks for something else now'),
		);
	});

	test('of an update only what is new is asked, and the version before goes on', () => {
		const update = {needed: [low], isUpdate: true};
		const text = textOf(viewConsent(openConsent(record({consent: update}), update).state, context, viewState()));
		assert.match(text, /An update asks for more[^]*goes on running until you answer/);
		assert.ok(!text.includes('uname'));
	});
});

suite('secret', () => {
	const context = contextOf([record()]);

	test('a value is never on the screen and goes to the one secret that was chosen', () => {
		const driven = drive(openSecret(record()), [key('shift+tab'), key('right'), key('tab'), ...typed('hunter2')], context);
		assert.ok(driven.state?.kind === 'secret');
		const text = textOf(viewSecret(driven.state, context, viewState()));
		assert.ok(!text.includes('hunter'));
		assert.match(text, /Deploy key[^]*•{7}/);
		const saved = drive({state: driven.state, effects: []}, [key('tab'), key('tab'), key('enter')], context);
		assert.deepEqual(saved.effects, [
			{type: 'run', command: 'setSecret', input: {plugin: 'acme', name: 'key', value: 'hunter2'}, reply: 'secret:set'},
		]);
	});

	test('Enter in the field does nothing, a failure stays in the dialog, and success says where it lies', () => {
		const typing = drive(openSecret(record()), [...typed('x'), key('enter')], context);
		assert.equal(runs(typing).length, 0);
		const open = {state: typing.state!, effects: []};
		const refused = drive(open, [refusal('secret:set', failure('CWS_SECRETS', {message: 'The keychain is locked.'}))], context);
		assert.ok(
			refused.state?.kind === 'secret' && textOf(viewSecret(refused.state, context, viewState())).includes('The keychain is locked.'),
		);
		const done = drive(open, [reply('secret:set', {plugin: 'user/acme', name: 'token', place: 'file'})], context);
		assert.equal(done.state, undefined);
		assert.deepEqual(done.effects, [{type: 'toast', level: 'info', text: 'acme token is set, in the sealed file'}]);
	});

	test('who did not say which one means the first that is missing', () => {
		const rows = [
			{plugin: 'acme', name: 'key', isAsked: true},
			{plugin: 'acme', name: 'token', isAsked: true, place: 'file'},
		];
		const {state} = drive(openSecret(record()), [reply('secret:rows', rows)], context);
		assert.equal(state?.kind === 'secret' && state.secrets[state.index]?.name, 'key');
		const named = drive(openSecret(record(), 'token'), [reply('secret:rows', rows)], context);
		assert.equal(named.state?.kind === 'secret' && named.state.secrets[named.state.index]?.name, 'token');
	});

	test('a failure for want of a secret offers to enter it', () => {
		const missing = failure('CWS_SECRET_MISSING', {message: 'It is not set.', details: {plugin: 'acme', secret: 'token'}});
		assert.deepEqual(drive(openMessage('Deploy', missing), [key('K')], context).last.command, {id: 'plugins.secret', argument: 'acme'});
		const other = failure('CWS_DENIED', {message: 'No.'});
		assert.equal(drive(openMessage('Deploy', other), [key('K')], context).last.command, undefined);
	});

	test('a failure for want of a login offers to log in', () => {
		const out = failure('CWS_NEEDS_LOGIN', {message: 'The token ran out.', details: {plugin: 'acme'}});
		assert.deepEqual(drive(openMessage('List', out), [key('A')], context).last.command, {id: 'plugins.login', argument: 'acme'});
		const elsewhere = failure('CWS_NEEDS_LOGIN', {message: 'Run its own program.'});
		assert.equal(drive(openMessage('List', elsewhere), [key('A')], context).last.command, undefined);
	});
});

suite('options', () => {
	const context = contextOf([record()]);
	const entries = [
		{key: 'plugins.acme.timeout', value: '40', source: 'environment', from: 'CWS_PLUGINS__ACME__TIMEOUT'},
		{key: 'theme', value: 'paper', source: 'user', from: '/home/ada/config.toml'},
	] as const;
	const loaded = () => drive(openOptions(record()), [reply('options:entries', entries)], context);

	test('each field has its value and where that comes from; a secret has no field', () => {
		const {state} = loaded();
		assert.ok(state?.kind === 'options');
		const text = textOf(viewOptions(state, context, viewState()));
		assert.match(text, /Timeout +40 +CWS_PLUGINS__ACME__TIMEOUT, wins/);
		assert.match(text, /Endpoint +https:\/\/a\.example +default/);
		assert.ok(!text.includes('password'));
		assert.match(text, /What is secret is not here: K/);
	});

	test('only what changed is saved, and nothing when nothing did', () => {
		const changed = drive(
			{state: loaded().state!, effects: []},
			[key('ctrl+u'), ...typed('50'), key('tab'), key('tab'), key('tab'), key('enter')],
			context,
		);
		assert.deepEqual(changed.effects, [
			{type: 'run', command: 'setPluginConfig', input: {plugin: 'acme', values: {timeout: 50}}, reply: 'options:save'},
		]);
		const same = drive({state: loaded().state!, effects: []}, [key('tab'), key('tab'), key('tab'), key('enter')], context);
		assert.equal(same.state, undefined);
		assert.deepEqual(same.effects, []);
	});

	test('a value of the person can be taken back, and one from elsewhere cannot', () => {
		const own = [{key: 'plugins.acme.timeout', value: 40, source: 'user', from: '/home/ada/config.toml:3'}];
		const opened = (known: readonly object[]) => drive(openOptions(record()), [reply('options:entries', known), key('ctrl+x')], context);
		const reset = opened(own);
		assert.ok(reset.state?.kind === 'options');
		assert.match(textOf(viewOptions(reset.state, context, viewState())), /Timeout +30 +default, once saved/);
		const saved = drive({state: reset.state, effects: []}, [key('tab'), key('tab'), key('tab'), key('enter')], context);
		assert.deepEqual(saved.effects, [
			{type: 'run', command: 'setPluginConfig', input: {plugin: 'acme', values: {}, unset: ['timeout']}, reply: 'options:save'},
		]);
		const emptied = drive(
			{state: drive(openOptions(record()), [reply('options:entries', own)], context).state!, effects: []},
			[key('ctrl+u'), key('tab'), key('tab'), key('tab'), key('enter')],
			context,
		);
		assert.deepEqual(emptied.effects, saved.effects);
		const elsewhere = opened(entries);
		assert.ok(elsewhere.state?.kind === 'options');
		assert.match(textOf(viewOptions(elsewhere.state, context, viewState())), /Timeout +40 +CWS_PLUGINS__ACME__TIMEOUT, wins/);
	});

	test('what the schema refuses is said at its field and not saved', () => {
		const wrong = drive(
			{state: loaded().state!, effects: []},
			[key('ctrl+u'), ...typed('999'), key('tab'), key('tab'), key('tab'), key('enter')],
			context,
		);
		assert.deepEqual(wrong.effects, []);
		assert.equal(wrong.state?.kind === 'options' && wrong.state.focus, 'timeout');
		assert.ok(wrong.state?.kind === 'options' && textOf(viewOptions(wrong.state, context, viewState())).includes('must be at most 300'));
	});
});

suite('questions of plugins', () => {
	const asks = (wants: 'yes' | 'text' | 'secret') => ({
		state: questionOf({id: 7, plugin: 'acme', title: 'Acme Cloud', text: 'Clean it?', wants}),
		effects: [],
	});

	test('the plugin is named by us, and no is what Enter and Esc say', () => {
		assert.match(
			textOf(viewQuestion(asks('yes').state, viewContext(), viewState())),
			/The plugin acme asks\nNot cws, but Acme Cloud wants to know:\nClean it\?/,
		);
		for (const name of ['enter', 'esc']) {
			assert.deepEqual(drive(asks('yes'), [key(name)]).effects, [{type: 'answer', question: 7}]);
		}
	});

	test('yes, a text, a secret and a lasting no each are an answer', () => {
		assert.deepEqual(drive(asks('yes'), [key('tab'), key('enter')]).effects, [{type: 'answer', question: 7, value: 'yes'}]);
		const text = drive(asks('text'), [...typed('weekly'), key('tab'), key('tab'), key('enter')]);
		assert.deepEqual(text.effects, [{type: 'answer', question: 7, value: 'weekly'}]);
		const secret = drive(asks('secret'), typed('hunter2'));
		assert.ok(secret.state?.kind === 'question' && !textOf(viewQuestion(secret.state, viewContext(), viewState())).includes('hunter'));
		assert.deepEqual(drive(asks('yes'), [key('shift+tab'), key('enter')]).effects, [{type: 'answer', question: 7, isMuted: true}]);
	});
});

suite('install and remove', () => {
	test('what was looked at is what is installed, after its permissions were shown', () => {
		const looked = drive(openInstall(), [...typed('./acme'), key('tab'), key('tab'), key('enter')]);
		assert.deepEqual(looked.effects, [{type: 'previewInstall', source: './acme', reply: 'install:look'}]);
		const preview = {manifest: record().manifest, consent, digest: 'd1'};
		const seen = drive({state: looked.state!, effects: []}, [reply('install:look', {source: '/work/acme', preview})]);
		assert.equal(seen.state?.kind === 'install' && seen.state.focus, 'cancel');
		const installed = drive({state: seen.state!, effects: []}, [key('tab'), key('enter')]);
		assert.deepEqual(installed.effects, [
			{type: 'run', command: 'installPlugin', input: {source: '/work/acme', accepts: 'd1'}, reply: 'install:run'},
		]);
		// Where it came from is kept for an update, which looks there at once.
		const done = drive({state: installed.state!, effects: []}, [
			reply('install:run', {plugin: 'acme', version: '1.0.0', record: record()}),
		]);
		assert.deepEqual([done.state, done.last.installedFrom], [undefined, {acme: '/work/acme'}]);
		assert.deepEqual(done.effects.at(-1), {type: 'remember', key: 'installedFrom', value: {acme: '/work/acme'}});
		assert.deepEqual(openInstall('/work/acme').effects, [{type: 'previewInstall', source: '/work/acme', reply: 'install:look'}]);
	});

	test('a plugin goes only after its id was typed', () => {
		const half = drive(openRemove(record()), [...typed('acm'), key('tab'), key('tab'), key('enter')]);
		assert.equal(runs(half).length, 0);
		const whole = drive(openRemove(record()), [...typed('acme'), key('tab'), key('tab'), key('enter')]);
		assert.deepEqual(whole.effects, [
			{type: 'run', command: 'removePlugin', input: {plugin: 'acme', confirm: 'acme'}, reply: 'remove:run'},
		]);
	});
});
