import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {FailureError, type DeploySpec} from 'cws/sdk';
import {awsForTest, call, profileText} from './aws-for-test.ts';
import {collect} from './collect.ts';
import {addInstance} from './cloud.ts';
import {AwsError} from './call.ts';

const spec: DeploySpec = {type: 'vm', name: 'web-1', fields: {}, token: 'one', tags: {team: 'x'}};

const failsWith = (code: string, pattern?: RegExp) => (error: unknown) => {
	assert.ok(error instanceof FailureError, String(error));
	assert.equal(error.failure.code, code, JSON.stringify(error.failure));
	assert.match(JSON.stringify(error.failure), pattern ?? /./);
	return true;
};

suite('an instance', () => {
	test('is launched, comes up, stops, starts and goes, and every row says what AWS says', async () => {
		await using aws = await awsForTest();
		const {provider, server} = aws;
		server.cloud.looks = 2;
		const stages: string[] = [];
		const result = await provider.deploy!('aws', spec, {...call(), progress: ({message}) => stages.push(message!)});
		assert.deepEqual(stages, ['checking the account', 'looking for the name', 'launching']);
		assert.equal(result.status, 'created');
		const target = aws.target(result.id!, {account: result.account!, region: result.region!});
		const state = async () => (await provider.get(target, call()))?.rawStatus;
		assert.deepEqual([await state(), await state(), await state()], ['pending', 'pending', 'running']);
		const [row] = await aws.rows();
		assert.equal(row?.name, 'web-1');
		assert.deepEqual(row?.tags, {team: 'x', Name: 'web-1', 'cws:user': 'ec2-user'});
		assert.equal(row?.meta?.['accountId'], '111122223333');

		server.cloud.looks = 0;
		assert.equal((await provider.stop!(target, call())).status, 'stopped');
		assert.equal((await provider.get(target, call()))?.status, 'stopped');
		assert.equal((await provider.stop!(target, call())).status, 'skipped');
		assert.equal((await provider.start!(target, call())).status, 'started');
		assert.equal((await provider.restart!(target, call())).status, 'started');
		assert.equal((await provider.destroy!(target, call())).status, 'deleted');
		assert.equal(await provider.get(target, call()), null);
		assert.equal((await provider.destroy!(target, call())).status, 'not_found');
		assert.deepEqual(await aws.rows(), []);
	});

	test('is asked of AWS as it was meant: newest image, one token, no keys for whoever fetches an address', async () => {
		await using aws = await awsForTest();
		await aws.provider.deploy!(
			'aws',
			{
				...spec,
				size: 'm7g.large',
				fields: {
					region: 'eu-west-1',
					image: 'ubuntu-24.04',
					diskGb: 30,
					userData: 'echo hi',
					keyPair: 'me',
					spot: true,
				},
			},
			call(),
		);
		const {params, region} = aws.server.calls.find(({action}) => action === 'RunInstances')!;
		assert.equal(region, 'eu-west-1');
		assert.equal(params.get('ImageId'), 'resolve:ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id');
		assert.equal(params.get('BlockDeviceMapping.1.DeviceName'), '/dev/sda1');
		assert.equal(params.get('BlockDeviceMapping.1.Ebs.VolumeSize'), '30');
		assert.equal(Buffer.from(params.get('UserData')!, 'base64').toString(), 'echo hi');
		assert.equal(params.get('MetadataOptions.HttpTokens'), 'required');
		assert.equal(params.get('InstanceMarketOptions.MarketType'), 'spot');
		assert.match(params.get('ClientToken')!, /^[0-9a-f]{64}$/);
	});

	test('is made once, however often the same request is repeated, even at the same time', async () => {
		await using aws = await awsForTest();
		const results = await Promise.all([1, 2, 3].map(async () => aws.provider.deploy!('aws', spec, call())));
		results.push(await aws.provider.deploy!('aws', spec, call()));
		assert.equal(new Set(results.map(({id}) => id)).size, 1);
		assert.equal(aws.server.cloud.instances.length, 1);
		await assert.rejects(aws.provider.deploy!('aws', {...spec, token: 'two'}, call()), failsWith('CWS_NAME_TAKEN'));
	});

	test('whose answer got lost is found by the same request again', async () => {
		await using aws = await awsForTest();
		let lost = 0;
		aws.server.trouble = ({action}) => {
			if (action === 'RunInstances' && lost++ === 0) {
				addInstance(aws.server.cloud, {
					clientToken: aws.server.calls.at(-1)!.params.get('ClientToken')!,
					tags: new Map([['Name', 'web-1']]),
				});
				return 'reset';
			}

			return undefined;
		};
		const result = await aws.provider.deploy!('aws', spec, call());
		assert.equal(result.status, 'created');
		assert.equal(aws.server.cloud.instances.length, 1);
	});

	test('sleeps and wakes when it was launched for that', async () => {
		await using aws = await awsForTest();
		const {id} = await aws.provider.deploy!('aws', {...spec, fields: {hibernate: true}}, call());
		const {params} = aws.server.calls.find(({action}) => action === 'RunInstances')!;
		assert.equal(params.get('BlockDeviceMapping.1.Ebs.Encrypted'), 'true');
		const target = aws.target(id!);
		await aws.provider.hibernate!(target, call());
		assert.equal((await aws.provider.get(target, call()))?.status, 'hibernated');
		await aws.provider.resume!(target, call());
		assert.equal((await aws.provider.get(target, call()))?.status, 'running');
	});

	test('whose launch was cancelled while AWS was at it is terminated as soon as it shows', async () => {
		await using aws = await awsForTest();
		const cancel = new AbortController();
		aws.server.trouble = ({action}) => {
			if (action !== 'RunInstances') {
				return undefined;
			}

			setImmediate(() => {
				cancel.abort();
			});
			return 100;
		};
		await assert.rejects(async () => aws.provider.deploy!('aws', spec, call(cancel.signal)), {name: 'AbortError'});
		assert.deepEqual(aws.server.cloud.instances, []);
		while (!aws.server.calls.some(({action}) => action === 'TerminateInstances')) {
			await new Promise(resolve => {
				setTimeout(resolve, 20);
			});
		}

		assert.deepEqual(await aws.rows(), []);
		assert.equal(aws.server.cloud.instances.length, 1);
	});

	test('whose cancelled launch is asked for again is kept', async () => {
		await using aws = await awsForTest();
		const cancel = new AbortController();
		aws.server.trouble = ({action}) => {
			if (action !== 'RunInstances' || cancel.signal.aborted) {
				return undefined;
			}

			setImmediate(() => {
				cancel.abort();
			});
			return 50;
		};
		await assert.rejects(async () => aws.provider.deploy!('aws', spec, call(cancel.signal)), {name: 'AbortError'});
		await aws.provider.deploy!('aws', spec, call());
		assert.equal(aws.state.undoing.size, 0);
		assert.equal((await aws.rows())[0]?.status, 'running');
		assert.equal(aws.server.cloud.instances.length, 1);
		assert.ok(aws.server.calls.every(({action}) => action !== 'TerminateInstances'));
	});

	test('that is protected is not terminated, and that is said', async () => {
		await using aws = await awsForTest();
		const {id} = addInstance(aws.server.cloud, {isProtected: true});
		await assert.rejects(async () => aws.provider.destroy!(aws.target(id), call()), failsWith('CWS_DENIED', /termination protection/));
	});

	test('of another account than the allowed ones is never touched', async () => {
		await using aws = await awsForTest({config: {denyAccounts: ['111122223333']}});
		const {id} = addInstance(aws.server.cloud);
		const target = aws.target(id, {account: 'default', region: 'us-east-1'});
		await assert.rejects(async () => aws.provider.destroy!(target, call()), failsWith('CWS_DENIED', /111122223333/));
		await assert.rejects(async () => aws.provider.deploy!('aws', spec, call()), failsWith('CWS_DENIED'));
		assert.deepEqual(await aws.rows(), []);
		assert.ok(aws.server.calls.every(({action}) => action === 'GetCallerIdentity' || action.startsWith('Describe')));
	});

	test('with an id that cannot be one is not asked for', async () => {
		await using aws = await awsForTest();
		for (const id of ['i-xyz', '../x', '', '__proto__', 'i-0123456789abcdef0\0']) {
			assert.equal(await aws.provider.get(aws.target(id), call()), null);
			assert.equal((await aws.provider.destroy!(aws.target(id), call())).status, 'not_found');
		}

		assert.deepEqual(aws.server.calls, []);
	});

	test('in a region that does not answer is not called gone', async () => {
		await using aws = await awsForTest({config: {regions: ['us-east-1', 'eu-west-1']}});
		aws.server.trouble = ({region}) => (region === 'eu-west-1' ? new AwsError('UnauthorizedOperation', 'You may not.', 403) : undefined);
		await assert.rejects(
			async () => aws.provider.get(aws.target('i-0123456789abcdef0'), call()),
			failsWith('CWS_PROVIDER_FAILED', /You may not/),
		);
	});

	test('tells what AWS refuses with what is wrong', async () => {
		await using aws = await awsForTest();
		await assert.rejects(
			async () => aws.provider.deploy!('aws', {...spec, fields: {keyPair: 'nobody'}}, call()),
			failsWith('CWS_INVALID_INPUT', /key pair 'nobody' does not exist/),
		);
		aws.server.trouble = ({action}) =>
			action === 'RunInstances'
				? new AwsError('InsufficientInstanceCapacity', 'We currently do not have enough capacity.', 500)
				: undefined;
		await assert.rejects(
			async () => aws.provider.deploy!('aws', {...spec, token: 'three'}, call()),
			failsWith('CWS_PROVIDER_FAILED', /another zone/),
		);
	});

	test('shows its console, the newest lines when it is followed', async () => {
		await using aws = await awsForTest();
		const {id} = addInstance(aws.server.cloud);
		aws.server.cloud.console.set(id, 'one\r\ntwo\r\nthree\r\n');
		const read = await collect(aws.provider.logs!(aws.target(id), {follow: false, tail: 2}, call()));
		assert.deepEqual(
			read.flat().map(({text}) => text),
			['two', 'three'],
		);
	});

	test('is reached by ssh under its own host key, and never by a user a tag made up', async () => {
		await using aws = await awsForTest();
		const {id} = addInstance(aws.server.cloud, {
			publicIp: '198.51.100.7',
			keyName: 'me',
			tags: new Map([['cws:user', '-oProxyCommand=x']]),
		});
		const connection = await aws.provider.connect!(aws.target(id), {command: ['ls', "it's"]}, call());
		assert.ok(connection.kind === 'exec');
		assert.deepEqual(connection.args, ['-o', `HostKeyAlias=${id}`, '-t', '--', 'ec2-user@198.51.100.7', 'ls', String.raw`'it'\''s'`]);
		const other = addInstance(aws.server.cloud);
		await assert.rejects(
			async () => aws.provider.connect!(aws.target(other.id), {}, call()),
			failsWith('CWS_COMMAND_NOT_FOUND', /Session Manager/),
		);
	});
});

suite('a plan', () => {
	test('names the account by the alias it has at AWS', async () => {
		await using aws = await awsForTest();
		aws.server.cloud.alias = 'company-prod';
		const plan = await aws.provider.plan('aws', spec, call());
		assert.equal(plan.lines[0]?.value, 'company-prod (111122223333), profile default');
		assert.deepEqual(await aws.provider.plan('aws', spec, call()), plan);
		assert.equal(aws.server.calls.filter(({action}) => action === 'ListAccountAliases').length, 1);
		const {id} = addInstance(aws.server.cloud);
		assert.equal((await aws.provider.get(aws.target(id), call()))?.meta?.['accountAlias'], 'company-prod');
	});

	test('works without credentials and says so', async () => {
		await using aws = await awsForTest({file: ''});
		const plan = await aws.provider.plan('aws', {...spec, region: 'us-east-1'}, call());
		assert.ok(plan.warnings?.includes('no AWS credentials were found yet'));
		assert.ok(plan.estimate?.hourly.kind === 'known' && plan.estimate.hourly.nanos > 10_000_000);
		assert.deepEqual(aws.server.calls, []);
	});

	test('names the account by its id and the name it has here', async () => {
		await using aws = await awsForTest({config: {accountNames: {'111122223333': 'prod'}}, file: profileText('default')});
		const plan = await aws.provider.plan('aws', spec, call());
		assert.equal(plan.lines[0]?.value, 'prod (111122223333), profile default');
		const {id} = addInstance(aws.server.cloud, {volume: 'vol-0123456789abcdef0'});
		const destroy = await aws.provider.planAction!('destroy', aws.target(id), call());
		assert.equal(destroy.lines[0]?.value, 'prod (111122223333), profile default');
		assert.deepEqual(destroy.takes, ['volume vol-0123456789abcdef0 (/dev/xvda)']);
	});
});
