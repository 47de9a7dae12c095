import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {FailureError} from 'cws/sdk';
import {awsForTest, call, profileText} from './aws-for-test.ts';
import {addInstance, otherOwnerId} from './cloud.ts';

suite('credentials', () => {
	test('that are missing make it quiet: no rows, no error, a healthy word', async () => {
		await using aws = await awsForTest({file: '[profile plain]\nregion = eu-west-1\n'});
		assert.deepEqual(await aws.pages(), []);
		const {checkHealth} = await import('../health.ts');
		assert.deepEqual(await checkHealth(aws.state, call().signal), {status: 'pass', output: 'no AWS credentials found'});
		assert.deepEqual(aws.server.calls, []);
	});

	test('that have expired ask for the login that mends it, and the others go on', async () => {
		await using aws = await awsForTest({
			file: `${profileText('default')}${profileText('old', 'AKIAEXPIRED')}[profile company]\nsso_start_url = https://x.awsapps.com/start\nsso_region = us-east-1\nsso_account_id = 111122223333\nsso_role_name = dev\n`,
		});
		addInstance(aws.server.cloud);
		const pages = await aws.pages();
		assert.equal(pages.flatMap(({resources}) => resources).length, 1);
		const missing = pages.flatMap(({missing = []}) => missing);
		assert.deepEqual(
			missing.map(({account, needsLogin, fix}) => ({account, needsLogin, fix})),
			[
				{account: 'company', needsLogin: true, fix: 'run `aws sso login --profile company`'},
				{
					account: 'old',
					needsLogin: true,
					fix: 'put new keys for `old` into ~/.aws/credentials, for example with `aws configure --profile old`',
				},
			],
		);
		const {checkHealth} = await import('../health.ts');
		const health = await checkHealth(aws.state, call().signal);
		assert.equal(health.status, 'warn');
		assert.equal(health.needsLogin, true);
	});

	test('that are wrong are told as such, alone', async () => {
		await using aws = await awsForTest({file: profileText('default', 'AKIAWRONG')});
		await assert.rejects(aws.rows(), (error: unknown) => {
			assert.ok(error instanceof FailureError && error.failure.code === 'CWS_NEEDS_LOGIN', JSON.stringify(error));
			return true;
		});
	});

	test('of two accounts are asked side by side, and two of one account once', async () => {
		await using aws = await awsForTest({
			file: profileText('default') + profileText('twin', 'AKIATWIN') + profileText('other', 'AKIAOTHER', 'region = eu-west-1'),
		});
		addInstance(aws.server.cloud);
		addInstance(aws.server.cloud, {owner: otherOwnerId, region: 'eu-west-1'});
		const rows = await aws.rows();
		assert.deepEqual(rows.map(({account, region}) => `${account}/${region}`).toSorted(), ['default/us-east-1', 'other/eu-west-1']);
		const before = aws.server.calls.length;
		await aws.rows();
		assert.equal(aws.server.calls.length - before, 2, 'whose they are is asked once');
	});

	test('of the environment come first, and a named profile instead of them', async () => {
		const env = {AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'secret'};
		await using aws = await awsForTest({env, file: profileText('prod', 'AKIAOTHER')});
		assert.deepEqual(
			(await aws.state.accounts()).accounts.map(({name, isActive}) => [name, isActive]),
			[
				['environment', true],
				['prod', false],
			],
		);
		await using named = await awsForTest({env: {...env, AWS_PROFILE: 'prod'}, file: profileText('prod', 'AKIAOTHER')});
		assert.deepEqual(
			(await named.state.accounts()).accounts.map(({name, isActive}) => [name, isActive]),
			[['prod', true]],
		);
	});

	test('that need a code or run a program are left alone with the reason', async () => {
		await using aws = await awsForTest({
			file: '[profile code]\nrole_arn = arn:aws:iam::111122223333:role/x\nsource_profile = default\nmfa_serial = arn:x\n[profile run]\ncredential_process = touch /tmp/never\n',
			config: {profiles: []},
		});
		const {accounts, skipped} = await aws.state.accounts();
		assert.deepEqual(accounts, []);
		assert.deepEqual(
			skipped.map(({name}) => name),
			['code', 'run'],
		);
	});

	test('take their address from the environment, from the profile or its services, in this order', async () => {
		const file = `${profileText('a', 'AKIATEST', 'services = mine\nendpoint_url = http://127.0.0.1:1')}[services mine]\nec2 =\n  endpoint_url = http://127.0.0.1:2\n`;
		await using aws = await awsForTest({file, config: {endpoint: undefined}});
		const [account] = (await aws.state.accounts()).accounts;
		assert.deepEqual([account?.endpointOf('ec2'), account?.endpointOf('rds')], ['http://127.0.0.1:2', 'http://127.0.0.1:1']);
		await using other = await awsForTest({file, config: {endpoint: undefined}, env: {AWS_ENDPOINT_URL_EC2: 'http://127.0.0.1:3'}});
		const [same] = (await other.state.accounts()).accounts;
		assert.deepEqual([same?.endpointOf('ec2'), same?.endpointOf('rds')], ['http://127.0.0.1:3', 'http://127.0.0.1:1']);
	});
});
