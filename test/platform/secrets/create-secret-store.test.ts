import assert from 'node:assert/strict';
import {chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type TestContext} from 'node:test';
import {type Failure} from '../../../source/core/failure/failure.ts';
import {type Outcome} from '../../../source/core/failure/outcome.ts';
import {createSecretStore, longestSecret, type SecretPlaceSetting} from '../../../source/platform/secrets/create-secret-store.ts';
import {takeSecretVariables} from '../../../source/platform/secrets/environment-secrets.ts';
import {leastCost} from '../../../source/platform/secrets/seal.ts';
import {tempDir} from '../temp-dir.ts';
import {fakeKeychain} from './fake-keychain.ts';

const token = {plugin: 'bundled/hetzner', name: 'token'};
const key = {plugin: 'bundled/hetzner', name: 'ssh-key'};
const pem = `-----BEGIN KEY-----\n${'MIIEvQIBADANBgkq'.repeat(4)}\n-----END KEY-----\n`;

type Setup = {
	readonly directory?: string;
	readonly environment?: Record<string, string>;
	readonly keychain?: ReturnType<typeof fakeKeychain>;
	readonly place?: SecretPlaceSetting;
};

function setUp(
	t: TestContext,
	{directory = tempDir(t), environment = {}, keychain = fakeKeychain({isLocked: true}), place = 'auto'}: Setup = {},
) {
	const problems: Failure[] = [];
	const paths = {secrets: join(directory, 'secrets.json'), key: join(directory, 'secrets.key')};
	const store = createSecretStore({
		paths,
		variables: takeSecretVariables({...environment}),
		keychain,
		place,
		clock: {now: () => 1_000_000},
		cost: leastCost,
		onProblem(problem) {
			problems.push(problem);
		},
	});
	return {store, paths, problems, directory, keychain};
}

const valueOf = <Value>(outcome: Outcome<Value>): Value => {
	assert.ok(outcome.ok, outcome.ok ? '' : `${outcome.error.message} ${outcome.error.cause}`);
	return outcome.value;
};

const errorOf = (outcome: Outcome<unknown>): Failure => {
	assert.ok(!outcome.ok);
	return outcome.error;
};

test('without a keychain a secret lies sealed in a file for this user alone, and another start reads it', async t => {
	const {store, paths, directory} = setUp(t);
	assert.equal(valueOf(await store.get(token)), undefined);
	assert.equal(valueOf(await store.has(token)), false);
	assert.deepEqual(valueOf(await store.set(token, 'hcl-s3cr3t')), {...token, place: 'file', setAt: 1_000_000});
	assert.deepEqual(valueOf(await store.set(key, pem)).place, 'file');
	for (const file of [paths.secrets, paths.key]) {
		assert.equal(statSync(file).mode & 0o777, 0o600);
		assert.doesNotMatch(readFileSync(file, 'utf8'), /s3cr3t|MIIEv/);
		assert.doesNotMatch(readFileSync(file, 'utf8'), new RegExp(Buffer.from('hcl-s3cr3t').toString('base64').slice(0, 10)));
	}

	const again = setUp(t, {directory}).store;
	assert.equal(valueOf(await again.get(token)), 'hcl-s3cr3t');
	assert.equal(valueOf(await again.get(key)), pem);
	assert.equal(valueOf(await again.delete(token)), true);
	assert.equal(valueOf(await again.delete(token)), false);
	assert.equal(valueOf(await again.get(token)), undefined);
	assert.equal(valueOf(await store.get(key)), pem);
	assert.deepEqual(readdirSync(directory).toSorted(), ['secrets.json', 'secrets.key']);
});

test('a plugin of the same id from another place has no secret', async t => {
	const {store} = setUp(t);
	valueOf(await store.set(token, 'hcl-s3cr3t'));
	assert.equal(valueOf(await store.get({...token, plugin: 'project/hetzner'})), undefined);
});

test('where a keychain answers the value is there, and the file knows only the name', async t => {
	const keychain = fakeKeychain();
	const {store, paths, directory} = setUp(t, {keychain});
	assert.equal(valueOf(await store.set(token, 'hcl-s3cr3t')).place, 'keychain');
	assert.deepEqual([...keychain.values], [['bundled/hetzner:token', 'hcl-s3cr3t']]);
	assert.ok(!existsSync(paths.key));
	const asked = keychain.asked;
	assert.equal(valueOf(await store.has(token)), true);
	assert.deepEqual(valueOf(await store.list()), [{...token, place: 'keychain', setAt: 1_000_000}]);
	assert.equal(keychain.asked, asked, 'names ask no keychain');
	assert.equal(valueOf(await setUp(t, {keychain, directory}).store.get(token)), 'hcl-s3cr3t');
	assert.equal(valueOf(await store.delete(token)), true);
	assert.equal(keychain.values.size, 0);
});

test('a keychain that is locked later is a failure, not a missing secret', async t => {
	const keychain = fakeKeychain();
	const {store} = setUp(t, {keychain});
	valueOf(await store.set(token, 'hcl-s3cr3t'));
	keychain.isLocked = true;
	assert.equal(errorOf(await store.get(token)).cause, 'locked');
	assert.equal(errorOf(await store.delete(token)).code, 'CWS_SECRETS');
	assert.equal(valueOf(await store.has(token)), true);
});

test('a value the keychain does not take goes into the file, unless only the keychain is allowed', async t => {
	const keychain = fakeKeychain();
	keychain.limit = 20;
	const {store} = setUp(t, {keychain});
	assert.equal(valueOf(await store.set(key, pem)).place, 'file');
	assert.equal(valueOf(await store.set(token, 'short-enough')).place, 'keychain');
	const strict = setUp(t, {keychain, place: 'keychain'});
	const error = errorOf(await strict.store.set(key, pem));
	assert.match(error.fix!, /secrets\.place/);
	assert.equal(error.cause, 'no room for [redacted]');
	assert.ok(!existsSync(strict.paths.secrets));
	const fileOnly = setUp(t, {keychain: fakeKeychain(), place: 'file'});
	assert.equal(valueOf(await fileOnly.store.set(token, 'hcl-s3cr3t')).place, 'file');
	assert.equal(fileOnly.keychain.asked, 0);
});

test('a variable wins over what is kept, for machines without a person', async t => {
	const {directory, store} = setUp(t);
	valueOf(await store.set(token, 'from-file'));
	const environment = {CWS_SECRETS__HETZNER__TOKEN: 'from-env', CWS_SECRETS__MY_PLUGIN__API_KEY: 'line 1\nline 2'};
	const ci = setUp(t, {directory, environment}).store;
	assert.equal(valueOf(await ci.get(token)), 'from-env');
	for (const name of ['api_key', 'apiKey', 'api-key']) {
		assert.equal(valueOf(await ci.get({plugin: 'project/my-plugin', name})), 'line 1\nline 2');
	}

	assert.deepEqual(valueOf(await ci.list()), [
		{...token, place: 'environment', from: 'CWS_SECRETS__HETZNER__TOKEN'},
		{plugin: 'my-plugin', name: 'api_key', place: 'environment', from: 'CWS_SECRETS__MY_PLUGIN__API_KEY'},
	]);
});

test('with a passphrase the file opens with nothing else, and a wrong one changes nothing', async t => {
	const environment = {CWS_SECRETS_PASSPHRASE: 'correct horse battery'};
	const {store, directory, paths} = setUp(t, {environment});
	valueOf(await store.set(token, 'hcl-s3cr3t'));
	assert.ok(!existsSync(paths.key));
	const before = readFileSync(paths.secrets, 'utf8');
	const wrong = setUp(t, {directory, environment: {CWS_SECRETS_PASSPHRASE: 'wrong'}}).store;
	assert.match(errorOf(await wrong.get(token)).message, /does not open/);
	assert.match(errorOf(await wrong.set(key, pem)).message, /does not open/);
	const without = setUp(t, {directory}).store;
	assert.match(errorOf(await without.get(token)).fix!, /CWS_SECRETS_PASSPHRASE/);
	assert.match(errorOf(await without.set(key, pem)).fix!, /CWS_SECRETS_PASSPHRASE/);
	assert.equal(readFileSync(paths.secrets, 'utf8'), before);
	assert.equal(valueOf(await setUp(t, {directory, environment}).store.get(token)), 'hcl-s3cr3t');
});

test('the first secret set with a passphrase seals the others with it too and removes the key file', async t => {
	const {store, directory, paths} = setUp(t);
	valueOf(await store.set(token, 'hcl-s3cr3t'));
	const environment = {CWS_SECRETS_PASSPHRASE: 'correct horse battery'};
	const later = setUp(t, {directory, environment}).store;
	assert.equal(valueOf(await later.get(token)), 'hcl-s3cr3t');
	valueOf(await later.set(key, pem));
	assert.ok(!existsSync(paths.key));
	const again = setUp(t, {directory, environment}).store;
	assert.deepEqual([valueOf(await again.get(token)), valueOf(await again.get(key))], ['hcl-s3cr3t', pem]);
});

test('a lost key file is said, and the sealed file stays for when it comes back', async t => {
	const {store, directory, paths} = setUp(t);
	valueOf(await store.set(token, 'hcl-s3cr3t'));
	const kept = readFileSync(paths.key);
	writeFileSync(paths.key, 'another\n');
	assert.match(errorOf(await setUp(t, {directory}).store.get(token)).cause!, /is another one/);
	writeFileSync(paths.key, '');
	assert.match(errorOf(await setUp(t, {directory}).store.get(token)).cause!, /is gone/);
	writeFileSync(paths.key, kept);
	assert.equal(valueOf(await setUp(t, {directory}).store.get(token)), 'hcl-s3cr3t');
});

test('a damaged file is set aside with its fix, and the names in the keychain are found again', async t => {
	const keychain = fakeKeychain();
	const {store, directory, paths} = setUp(t, {keychain});
	valueOf(await store.set(token, 'hcl-s3cr3t'));
	for (const damage of ['{"version": 1, "sec', '[]', '{"version":1,"secrets":[{"plugin":1}]}', '\0\0\0', '']) {
		writeFileSync(paths.secrets, damage);
		const {store: again, problems} = setUp(t, {directory, keychain});
		assert.equal(valueOf(await again.get(token)), 'hcl-s3cr3t', damage);
		const [problem, ...more] = problems;
		assert.deepEqual(more, []);
		assert.match(problem!.message, /was damaged; it was set aside as `secrets\.json\.damaged-/);
		assert.match(problem!.fix!, /cws secrets set/);
		assert.equal(readFileSync(problem!.details!['aside'] as string, 'utf8'), damage);
	}
});

test('a file that asks for absurd work is damaged, one of a newer cws is left alone', async t => {
	const {store, paths, problems} = setUp(t);
	valueOf(await store.set(token, 'hcl-s3cr3t'));
	const document = JSON.parse(readFileSync(paths.secrets, 'utf8')) as {key: {cost: number}};
	document.key.cost = 2 ** 30;
	writeFileSync(paths.secrets, JSON.stringify(document));
	assert.equal(valueOf(await store.get(token)), undefined);
	assert.equal(problems.length, 1);
	writeFileSync(paths.secrets, '{"version":2}');
	assert.match(errorOf(await store.set(token, 'x-new')).message, /newer cws/);
	assert.equal(readFileSync(paths.secrets, 'utf8'), '{"version":2}');
});

test('a sealed value that was changed or moved to another name does not open, and the others do', async t => {
	const {store, paths} = setUp(t);
	valueOf(await store.set(token, 'hcl-s3cr3t'));
	valueOf(await store.set(key, pem));
	const document = JSON.parse(readFileSync(paths.secrets, 'utf8')) as {secrets: {sealed: unknown}[]};
	document.secrets[0]!.sealed = document.secrets[1]!.sealed;
	writeFileSync(paths.secrets, JSON.stringify(document));
	assert.match(errorOf(await store.get(token)).message, /is damaged/);
	assert.equal(valueOf(await store.get(key)), pem);
});

test('rights of others on the files are taken away and told of', async t => {
	const {store, paths, problems} = setUp(t);
	valueOf(await store.set(token, 'hcl-s3cr3t'));
	chmodSync(paths.secrets, 0o644);
	chmodSync(paths.key, 0o640);
	valueOf(await store.get(token));
	assert.deepEqual(
		[paths.secrets, paths.key].map(file => statSync(file).mode & 0o777),
		[0o600, 0o600],
	);
	assert.equal(problems.length, 2);
});

test('secrets set at the same moment by several processes are all kept', async t => {
	const {directory} = setUp(t);
	const stores = Array.from({length: 5}, () => setUp(t, {directory}).store);
	const [first, ...others] = stores;
	valueOf(await first!.set(token, 'first'));
	await Promise.all(others.map(async (store, index) => valueOf(await store.set({...key, name: `key-${index}`}, pem))));
	assert.equal(valueOf(await first!.list()).length, 5);
	assert.ok(!existsSync(join(directory, 'secrets.json.lock')));
});

test('a lock that a killed process left does not last', async t => {
	const {store, paths} = setUp(t);
	// Above the highest pid of Linux.
	writeFileSync(`${paths.secrets}.lock`, '4194305');
	valueOf(await store.set(token, 'hcl-s3cr3t'));
});

test('what is no name or no value is refused without repeating it', async t => {
	const {store, paths} = setUp(t);
	for (const [name, value] of [
		['1token', 'good-value'],
		['to:ken', 'good-value'],
		['token', ' \n'],
		['token', 'bad\0value'],
		['token', 'v'.repeat(longestSecret + 1)],
	] as const) {
		const error = errorOf(await store.set({...token, name}, value));
		assert.equal(error.code, 'CWS_INVALID_INPUT');
		assert.doesNotMatch(JSON.stringify(error), /good-value|bad|vvvv/);
	}

	assert.ok(!existsSync(paths.secrets));
});

test('every value that was read or set is taken out of texts from then on', async t => {
	const {store, directory} = setUp(t, {environment: {CWS_SECRETS__A__TOKEN: 'env-value', CWS_SECRETS_PASSPHRASE: 'pass-phrase'}});
	assert.equal(store.redact('env-value pass-phrase hcl-s3cr3t'), '[redacted] [redacted] hcl-s3cr3t');
	valueOf(await store.set(token, 'hcl-s3cr3t'));
	assert.equal(store.redact('hcl-s3cr3t'), '[redacted]');
	const again = setUp(t, {directory, environment: {CWS_SECRETS_PASSPHRASE: 'pass-phrase'}}).store;
	valueOf(await again.get(token));
	assert.equal(again.redact(Buffer.from('user:hcl-s3cr3t').toString('base64')).includes('[redacted]'), true);
});

test('a directory that cannot be written is a failure with its cause', async t => {
	const directory = join(tempDir(t), 'file');
	writeFileSync(directory, '');
	const {store} = setUp(t, {directory});
	const error = errorOf(await store.set(token, 'hcl-s3cr3t'));
	assert.equal(error.code, 'CWS_SECRETS');
	assert.doesNotMatch(JSON.stringify(error), /s3cr3t/);
});
