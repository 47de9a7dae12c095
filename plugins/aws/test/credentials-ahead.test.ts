import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {suite, test} from 'node:test';
import {FailureError} from 'cws/sdk';
import {codeFix} from '../access/accounts.ts';
import {checkHealth} from '../health.ts';
import {awsForTest, call, profileText} from './aws-for-test.ts';
import {addInstance, otherOwnerId} from './cloud.ts';
import {noTls, startTlsFront} from './tls-front.ts';
import {withEnv} from './with-env.ts';

const minute = 60_000;
const spec = {type: 'vm', name: 'x', token: 't'};
const failureOf = async (work: Promise<unknown>) => {
	const error = await work.then(
		() => undefined,
		(error: unknown) => error,
	);
	assert.ok(error instanceof FailureError, String(error));
	return error.failure;
};

const codeProfile = `${profileText('default')}[profile admin]\nrole_arn = arn:aws:iam::${otherOwnerId}:role/admin\nsource_profile = default\nmfa_serial = arn:aws:iam::111122223333:mfa/me\nregion = eu-west-1\n`;

suite('a profile that asks for a code', () => {
	test('is told with what to do when somebody meant it, and left alone otherwise', async () => {
		await using meant = await awsForTest({file: codeProfile, env: {AWS_PROFILE: 'admin'}});
		const missing = (await meant.pages()).flatMap(page => page.missing ?? []);
		assert.deepEqual(
			missing.map(({account}) => account),
			['admin'],
		);
		assert.match(missing[0]?.fix ?? '', /aws configure export-credentials --profile admin/);
		const health = await checkHealth(meant.state, call().signal);
		assert.equal(health.status, 'warn');
		assert.match(health.fix ?? '', /export-credentials/);

		await using other = await awsForTest({file: codeProfile});
		assert.deepEqual(
			(await other.pages()).flatMap(page => page.missing ?? []),
			[],
		);
		const failure = await failureOf(other.provider.deploy!('aws', {...spec, fields: {profile: 'admin'}}, call()));
		assert.match(failure.fix ?? '', /export-credentials/);
	});

	test('behind a role says so, instead of that the role is wrong', async () => {
		const file = `${codeProfile}[profile chained]\nrole_arn = arn:aws:iam::${otherOwnerId}:role/x\nsource_profile = admin\n`;
		await using aws = await awsForTest({file, config: {profiles: ['chained']}});
		const failure = await failureOf(aws.rows());
		assert.equal(failure.code, 'CWS_NEEDS_LOGIN');
		assert.match(failure.cause ?? '', /code of a device/);
	});

	test('with a name that a shell would read is quoted in the fix', () => {
		assert.match(codeFix("it's $(touch x)"), /--profile 'it'\\''s \$\(touch x\)' /);
	});
});

suite('credentials', () => {
	test('of a profile that does not exist are told as such when AWS_PROFILE names it', async () => {
		await using aws = await awsForTest({env: {AWS_PROFILE: 'prd'}});
		const missing = (await aws.pages()).flatMap(page => page.missing ?? []);
		assert.deepEqual(missing[0], {
			account: 'prd',
			reason: 'there is no such profile in the shared config',
			fix: 'see `aws configure list-profiles`',
		});
	});

	test('of the environment are told a quarter of an hour before they end', async () => {
		const now = Date.UTC(2026, 0, 15);
		const env = {
			AWS_ACCESS_KEY_ID: 'AKIATEST',
			AWS_SECRET_ACCESS_KEY: 'secret',
			AWS_CREDENTIAL_EXPIRATION: new Date(Date.now() + 60 * minute).toISOString(),
		};
		using _env = withEnv(env);
		const ends = Date.parse(env.AWS_CREDENTIAL_EXPIRATION);
		await using aws = await awsForTest({env, file: '', now: () => ends - 10 * minute});
		const health = await checkHealth(aws.state, call().signal);
		assert.deepEqual([health.status, health.output], ['warn', 'environment: the credentials end in 10 min']);
		assert.match(health.fix ?? '', /AWS_SESSION_TOKEN/);
		await using early = await awsForTest({env, file: '', now: () => now});
		assert.equal((await checkHealth(early.state, call().signal)).status, 'pass');
	});

	test('of SSO are told before their login ends, unless it is renewed by itself', async () => {
		const home = mkdtempSync(path.join(tmpdir(), 'cws-sso-'));
		const cache = path.join(home, '.aws', 'sso', 'cache');
		mkdirSync(cache, {recursive: true});
		const start = 'https://company.awsapps.com/start';
		const ends = Date.now() + 60 * minute;
		const file = `[profile company]\nsso_session = main\nsso_account_id = ${otherOwnerId}\nsso_role_name = dev\nregion = us-east-1\n[sso-session main]\nsso_start_url = ${start}\nsso_region = us-east-1\n`;
		const leave = (more: Readonly<Record<string, string>>) => {
			writeFileSync(
				path.join(cache, `${createHash('sha1').update('main').digest('hex')}.json`),
				JSON.stringify({startUrl: start, region: 'us-east-1', accessToken: 'sso-token', expiresAt: new Date(ends).toISOString(), ...more}),
			);
		};
		try {
			await using aws = await awsForTest({file, now: () => ends - 12 * minute});
			using _env = withEnv({HOME: home, AWS_ENDPOINT_URL_SSO: aws.server.url});
			leave({});
			const health = await checkHealth(aws.state, call().signal);
			assert.deepEqual(
				[health.status, health.output, health.fix],
				['warn', 'company: the login ends in 12 min', 'run `aws sso login --profile company`'],
			);
			leave({refreshToken: 'x'});
			assert.equal((await checkHealth(aws.state, call().signal)).status, 'pass');
		} finally {
			rmSync(home, {recursive: true, force: true});
		}
	});

	test('with a token in a file that is not there name the file, and what to do', async () => {
		const file = '[profile web]\nrole_arn = arn:aws:iam::111122223333:role/x\nweb_identity_token_file = /nowhere/token\n';
		await using aws = await awsForTest({file});
		const failure = await failureOf(aws.rows());
		assert.equal(failure.code, 'CWS_NEEDS_LOGIN');
		assert.match(failure.cause ?? '', /\/nowhere\/token/);
	});
});

suite('an address with a certificate of the company', {skip: noTls}, () => {
	test('is trusted where AWS_CA_BUNDLE or the profile names its authority, and otherwise the message says how', async () => {
		await using aws = await awsForTest();
		await using front = await startTlsFront(aws.server.url);
		for (const [env, file] of [
			[{AWS_CA_BUNDLE: front.ca}, profileText('default')],
			[{}, profileText('default', 'AKIATEST', `ca_bundle = ${front.ca}`)],
		] as const) {
			await using trusting = await awsForTest({config: {endpoint: front.url}, env, file});
			addInstance(aws.server.cloud);
			assert.ok((await trusting.rows()).length > 0);
		}

		await using strict = await awsForTest({config: {endpoint: front.url}});
		const failure = await failureOf(strict.rows());
		assert.equal(failure.code, 'CWS_PROVIDER_UNAVAILABLE');
		assert.match(`${failure.cause} ${failure.fix}`, /certificate is not trusted.*AWS_CA_BUNDLE/s);
	});

	test('fails with the name of the file when that cannot be used', async () => {
		for (const file of ['/nowhere/ca.pem', import.meta.filename]) {
			await using aws = await awsForTest({env: {AWS_CA_BUNDLE: file}});
			const failure = await failureOf(aws.rows());
			assert.deepEqual([failure.code, failure.message], ['CWS_CONFIG', `The file of authorities \`${file}\` cannot be used.`]);
		}
	});
});
