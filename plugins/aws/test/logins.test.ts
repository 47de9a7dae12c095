import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {suite, test} from 'node:test';
import {awsForTest, profileText} from './aws-for-test.ts';
import {addInstance, otherOwnerId} from './cloud.ts';
import {withEnv} from './with-env.ts';

suite('a profile', () => {
	test('takes a role with the keys of another, and shows the account of the role', async () => {
		const role = `[profile admin]\nrole_arn = arn:aws:iam::${otherOwnerId}:role/admin\nsource_profile = default\nregion = eu-west-1\n`;
		await using aws = await awsForTest({file: `${profileText('default')}${role}`, config: {profiles: ['admin']}});
		using _env = withEnv({AWS_ENDPOINT_URL_STS: aws.server.url});
		addInstance(aws.server.cloud, {region: 'eu-west-1', owner: otherOwnerId});
		const [row] = await aws.rows();
		assert.deepEqual([row?.account, row?.region, row?.meta?.['accountId']], ['admin', 'eu-west-1', otherOwnerId]);
		await aws.rows();
		assert.equal(aws.server.calls.filter(({action}) => action === 'AssumeRole').length, 1, 'a role is taken once, not for each call');
	});

	test('of SSO works with the token a login left, and asks for a new login when that has expired', async () => {
		const home = mkdtempSync(path.join(tmpdir(), 'cws-sso-'));
		const start = 'https://company.awsapps.com/start';
		const file = `[profile company]\nsso_session = main\nsso_account_id = ${otherOwnerId}\nsso_role_name = dev\nregion = us-east-1\n[sso-session main]\nsso_start_url = ${start}\nsso_region = us-east-1\n`;
		const cache = path.join(home, '.aws', 'sso', 'cache');
		mkdirSync(cache, {recursive: true});
		const token = (expiresInMs: number) => {
			writeFileSync(
				path.join(cache, `${createHash('sha1').update('main').digest('hex')}.json`),
				JSON.stringify({
					startUrl: start,
					region: 'us-east-1',
					accessToken: 'sso-token',
					expiresAt: new Date(Date.now() + expiresInMs).toISOString(),
				}),
			);
		};
		try {
			await using aws = await awsForTest({file});
			using _env = withEnv({HOME: home, AWS_ENDPOINT_URL_SSO: aws.server.url});
			addInstance(aws.server.cloud, {owner: otherOwnerId});
			token(-3_600_000);
			await assert.rejects(aws.rows(), /could not list the instances/);
			const error = await aws.rows().catch((error: unknown) => error as {failure: {code: string; fix: string}});
			assert.ok('failure' in error);
			assert.deepEqual([error.failure.code, error.failure.fix], ['CWS_NEEDS_LOGIN', 'run `aws sso login --profile company`']);
			token(3_600_000);
			assert.equal((await aws.rows()).length, 1, 'the new login is seen without a restart');
		} finally {
			rmSync(home, {recursive: true, force: true});
		}
	});

	test('whose keys are replaced in the file works with the new ones at once', async () => {
		await using aws = await awsForTest({file: profileText('default', 'AKIAEXPIRED')});
		addInstance(aws.server.cloud);
		await assert.rejects(aws.rows(), /could not list/);
		aws.write(profileText('default'));
		assert.equal((await aws.rows()).length, 1);
	});
});
