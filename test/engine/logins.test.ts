import assert from 'node:assert/strict';
import {test} from 'node:test';
import {failure} from '../../source/core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../source/core/failure/outcome.ts';
import {type AuthProviderContribution} from '../../source/core/manifest/contributions.ts';
import {type LoginTalk} from '../../source/engine/logins/log-in.ts';
import {createFakeHost, fakePlugin} from '../helpers/fake-host.ts';
import {createFakeSecrets} from '../helpers/fake-secrets.ts';
import {eventTypes, startWorld, vmType} from './world.ts';

const cli = {origin: 'cli'} as const;

const lab: AuthProviderContribution = {id: 'lab', title: 'The lab', flows: ['device', 'manual'], secrets: ['token'], handler: 'lab'};

const plugin = (id: string, authProviders: readonly AuthProviderContribution[]) => {
	const record = fakePlugin(id, [vmType]);
	return {...record, manifest: {...record.manifest, contributes: {...record.manifest.contributes, authProviders}}};
};

const device = {kind: 'device', url: 'https://lab.example/activate', code: 'ABCD-EFGH', everySeconds: 5};

/** A plugin that gives these answers one after the other, and a person who pastes what is given here. */
async function worldWith(answers: readonly (Outcome<unknown> | object)[], pasted?: string) {
	const host = createFakeHost([plugin('labs', [lab])]);
	const rest = [...answers];
	host.answer('auth.lab.login', () => {
		const next = rest.shift()!;
		return 'ok' in next ? next : ok(next);
	});
	const secrets = createFakeSecrets();
	const world = await startWorld({host, secrets});
	const told: unknown[] = [];
	const talk: LoginTalk = {
		show: step => void told.push(step),
		async ask(step) {
			told.push(step);
			return pasted;
		},
	};
	const requests = () => host.asked.filter(({method}) => method === 'auth.lab.login').map(({args}) => args[0]);
	return {...world, host, secrets, told, talk, requests};
}

const errorOf = (outcome: Outcome<unknown>) => {
	assert.ok(!outcome.ok);
	return outcome.error;
};

test('a login with a code is shown once, asked about at its pace, and ends with who is in', async () => {
	const world = await worldWith([
		{...device, expiresAt: 1_000_000_000_000_000},
		{...device, expiresAt: 1_000_000_000_000_001},
		{kind: 'done', status: {state: 'in', account: 'ada'}},
	]);
	world.secrets.values.set('bundled/labs/token', 'access-token-of-the-lab-0001');
	const running = world.engine.run('login', {}, {...cli, talk: world.talk});
	await world.clock.advance(4900);
	assert.equal(world.requests().length, 1);
	await world.clock.advance(5200);
	const done = await running;
	assert.ok(done.ok);
	assert.deepEqual(done.value, {login: 'lab', title: 'The lab', plugin: 'labs', state: 'in', account: 'ada', masked: 'acce…0001'});
	assert.equal(world.told.length, 1);
	assert.deepEqual(world.requests(), [{flow: 'device'}, {flow: 'device', continue: true}, {flow: 'device', continue: true}]);
	await world.clock.flush();
	assert.ok(eventTypes(world).includes('auth.login'));
	assert.deepEqual(
		world.store.audit.map(({command, input, outcome}) => [command, input, outcome]),
		[['login', {}, 'done']],
	);
});

test('what is pasted becomes the secret the step names, and the plugin never gets it', async () => {
	const world = await worldWith(
		[
			{kind: 'manual', prompt: 'Key', secret: 'token'},
			{kind: 'done', status: {state: 'in'}},
		],
		'lab-key-1',
	);
	const done = await world.engine.run('login', {login: 'labs', flow: 'manual'}, {...cli, talk: world.talk});
	assert.ok(done.ok);
	assert.equal(world.secrets.values.get('bundled/labs/token'), 'lab-key-1');
	assert.ok(!JSON.stringify([world.host.asked, world.store.audit, world.store.events, done]).includes('lab-key-1'));
});

test('a secret the manifest does not name for it is not set by a login', async () => {
	const world = await worldWith([{kind: 'manual', prompt: 'Key', secret: 'other'}], 'lab-key-1');
	const refused = errorOf(await world.engine.run('login', {flow: 'manual'}, {...cli, talk: world.talk}));
	assert.equal(refused.code, 'CWS_PLUGIN_PROTOCOL');
	assert.equal(world.secrets.values.size, 0);
});

test('a login that fails or is given up leaves the token that was there', async () => {
	const refusal = failed(failure('CWS_NEEDS_LOGIN', {message: 'The lab does not accept the key.'}));
	for (const [pasted, code] of [
		['wrong-key', 'CWS_NEEDS_LOGIN'],
		[undefined, 'CWS_CANCELLED'],
	] as const) {
		const world = await worldWith([{kind: 'manual', prompt: 'Key', secret: 'token'}, refusal], pasted);
		world.secrets.values.set('bundled/labs/token', 'good-key');
		assert.equal(errorOf(await world.engine.run('login', {flow: 'manual'}, {...cli, talk: world.talk})).code, code);
		assert.deepEqual([...world.secrets.values], [['bundled/labs/token', 'good-key']]);
	}
});

test('a code nobody types is waited for as long as it holds, and a plugin cannot make it longer than half an hour', async () => {
	const world = await worldWith(Array.from({length: 1000}, () => ({...device, everySeconds: 60, expiresAt: 1_000_000_000_000_000})));
	const running = world.engine.run('login', {}, {...cli, talk: world.talk});
	await world.clock.advance(1_900_000);
	assert.match(errorOf(await running).message, /not finished in time/);
	assert.ok(world.requests().length <= 31);
});

test('a login that is cancelled while it waits asks no more', async () => {
	const world = await worldWith([device, device]);
	const abort = new AbortController();
	const running = world.engine.run('login', {}, {...cli, talk: world.talk, signal: abort.signal});
	await world.clock.advance(1000);
	abort.abort();
	assert.equal(errorOf(await running).code, 'CWS_CANCELLED');
	assert.equal(world.requests().length, 1);
});

test('a logout deletes the tokens also when the other side is away, and says so', async () => {
	const world = await worldWith([]);
	world.secrets.values.set('bundled/labs/token', 'good-key').set('bundled/labs/password', 'stays');
	world.host.answer('auth.lab.logout', () => failed(failure('CWS_PROVIDER_UNAVAILABLE', {message: 'The lab does not answer.'})));
	assert.match(errorOf(await world.engine.run('logout', {}, cli)).message, /deleted here, and may still be valid there/);
	assert.deepEqual([...world.secrets.values.keys()], ['bundled/labs/password']);
});

test('a login is found by its name, by its plugin, or alone; else it says what there is', async () => {
	const two = await startWorld({plugins: [plugin('labs', [lab]), plugin('other', [lab]), plugin('plain', [])]});
	const find = (name?: string) => two.engine.findLogin(name);
	assert.equal(errorOf(find()).code, 'CWS_USAGE');
	assert.match(errorOf(find('lab')).fix!, /`labs\/lab`, `other\/lab`/);
	const found = find('other');
	assert.ok(found.ok);
	assert.equal(found.value.name, 'other/lab');
	assert.match(errorOf(find('plain')).message, /brings no login/);
	assert.match(errorOf(find('labz/lab')).fix!, /labs\/lab/);
	assert.match(errorOf(two.engine.findLogin('labs', 'browser')).fix!, /`device`, `manual`/);
});

test('a login without a person, or in read-only mode, is refused before the plugin is asked', async () => {
	const world = await worldWith([]);
	assert.equal(errorOf(await world.engine.run('login', {}, cli)).code, 'CWS_NOT_SUPPORTED');
	const closed = await startWorld({plugins: [plugin('labs', [lab])], settings: {readOnly: true}});
	assert.equal(errorOf(await closed.engine.run('logout', {}, cli)).code, 'CWS_DENIED');
	assert.deepEqual(world.requests(), []);
});
