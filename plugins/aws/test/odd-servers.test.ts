import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {FailureError, type ResourceOperation} from 'cws/sdk';
import {awsForTest, call} from './aws-for-test.ts';
import {AwsError} from './call.ts';
import {addInstance} from './cloud.ts';

const failureOf = async (work: () => Promise<unknown>) => {
	try {
		await work();
	} catch (error) {
		assert.ok(error instanceof FailureError, String(error));
		return error.failure;
	}

	assert.fail('nothing was thrown');
};

suite('a server', () => {
	test('with ten thousand instances gives all of them in pages, each once', async () => {
		await using aws = await awsForTest({config: {regionSeconds: 600}});
		for (let index = 0; index < 10_000; index++) {
			addInstance(aws.server.cloud, {type: 'm5.large'});
		}

		const pages = await aws.pages();
		assert.deepEqual(
			pages.map(({resources}) => resources.length),
			Array.from({length: 10}, () => 1000),
		);
		const rows = pages.flatMap(({resources}) => resources);
		assert.equal(new Set(rows.map(({id}) => id)).size, 10_000);
		assert.ok(rows.every(({cost}) => cost?.hourly.kind === 'known' && cost.hourly.nanos === 96_000_000));
	});

	test('that answers slowly is waited for', async () => {
		await using aws = await awsForTest();
		addInstance(aws.server.cloud);
		aws.server.trouble = () => 300;
		assert.equal((await aws.rows()).length, 1);
	});

	test('that limits the rate for good is told as throttled after four times, and as something that may be repeated', async () => {
		await using aws = await awsForTest();
		aws.server.trouble = () => new AwsError('RequestLimitExceeded', 'Request limit exceeded.', 503);
		const {code, retryable} = await failureOf(async () => aws.rows());
		assert.deepEqual([code, retryable], ['CWS_THROTTLED', true]);
		assert.equal(aws.server.calls.filter(({action}) => action === 'DescribeInstances').length, 4);
	});

	test('that hangs up in the middle of a launch is asked again with the same token, and there is one instance', async () => {
		await using aws = await awsForTest();
		let left = 2;
		aws.server.trouble = ({action}) => (action === 'RunInstances' && left-- > 0 ? 'reset' : undefined);
		await aws.provider.deploy!('aws', {type: 'vm', name: 'x', fields: {}, token: 'one'}, call());
		const tokens = aws.server.calls.filter(({action}) => action === 'RunInstances').map(({params}) => params.get('ClientToken'));
		assert.equal(tokens.length, 3);
		assert.equal(new Set(tokens).size, 1);
		assert.equal(aws.server.cloud.instances.length, 1);
	});

	test('that goes away is told as such, and that comes back is asked as before, with nothing launched twice', async () => {
		await using aws = await awsForTest();
		addInstance(aws.server.cloud, {tags: new Map([['Name', 'old']])});
		assert.equal((await aws.rows()).length, 1);
		aws.server.trouble = () => 'reset';
		const spec = {type: 'vm', name: 'new', fields: {}, token: 'one'};
		for (const work of [async () => aws.rows(), async () => aws.provider.deploy!('aws', spec, call())]) {
			const {code, retryable, fix} = await failureOf(work);
			assert.deepEqual([code, retryable], ['CWS_PROVIDER_UNAVAILABLE', true]);
			assert.match(fix ?? '', /try again/);
		}

		aws.server.trouble = () => undefined;
		assert.equal((await aws.rows()).length, 1);
		await aws.provider.deploy!('aws', spec, call());
		await aws.provider.deploy!('aws', spec, call());
		assert.deepEqual(
			(await aws.rows()).map(({name}) => name),
			['old', 'new'],
		);
	});

	test('that lies is not believed: another instance than the one asked for, one without an id, an account that is none', async () => {
		await using aws = await awsForTest();
		const {id} = addInstance(aws.server.cloud);
		const asked = id.replace(/.$/, 'f');
		// Whatever is asked for, it shows the one it has.
		aws.server.disguise = ({action, params}) => {
			if (action === 'DescribeInstances' && params.has('InstanceId.1')) {
				params.set('InstanceId.1', id);
			}
		};
		assert.equal(await aws.provider.get(aws.target(asked), call()), null);
		assert.equal((await aws.provider.destroy!(aws.target(asked), call())).status, 'not_found');
		assert.equal(aws.server.cloud.instances[0]?.state, 'running');

		aws.server.cloud.newId = () => '';
		const lost = await failureOf(async () => aws.provider.deploy!('aws', {type: 'vm', name: 'x', fields: {}, token: 'one'}, call()));
		assert.match(lost.message, /did not say which instance/);

		await using other = await awsForTest({config: {allowAccounts: ['111122223333']}});
		other.server.cloud.owners.set('AKIATEST', 'root of all');
		addInstance(other.server.cloud, {owner: 'root of all'});
		const pages = await other.pages();
		assert.deepEqual([pages.flatMap(({resources}) => resources), pages[0]?.missing?.length], [[], 1]);
	});

	test('with hostile names of tags and values keeps each in its place and makes nothing of them', async () => {
		await using aws = await awsForTest();
		const tags = new Map([
			['Name', 'a\u001B[2J\r\nb'],
			['__proto__', 'polluted'],
			['constructor', 'x'],
			['aws:autoscaling:groupName', 'g'],
			['</tagSet><item>', '&amp;<![CDATA['],
			['cws:user', '-oProxyCommand=x'],
			['k'.repeat(128), 'v'.repeat(256)],
			['', 'no name'],
		]);
		addInstance(aws.server.cloud, {tags, publicIp: '192.0.2.1', keyName: 'me'});
		const [row] = await aws.rows();
		const seen = JSON.parse(JSON.stringify(row?.tags)) as Readonly<Record<string, string>>;
		assert.deepEqual(Object.getOwnPropertyNames(seen).toSorted(), [...tags.keys()].filter(key => key !== '').toSorted());
		assert.equal(Object.getOwnPropertyDescriptor(seen, '__proto__')?.value, 'polluted');
		assert.equal(({} as Readonly<Record<string, unknown>>)['polluted'], undefined);
		assert.equal(seen['</tagSet><item>'], '&amp;<![CDATA[');
		const connection = await aws.provider.connect!(aws.target(row!.id), {}, call());
		assert.ok(connection.kind === 'exec' && connection.args.at(-1) === 'ec2-user@192.0.2.1');
	});

	test('whose account is not allowed is neither shown nor changed, whatever is to be done', async () => {
		await using aws = await awsForTest({config: {allowAccounts: ['999999999999']}});
		const {id} = addInstance(aws.server.cloud);
		aws.server.cloud.volumes.push({id: 'vol-00000000000000001', region: 'us-east-1', gb: 1, kind: 'gp3'});
		aws.server.cloud.databases.push({id: 'db', region: 'us-east-1', type: 'db.m5.large', engine: 'mysql', gb: 1, state: 'available'});
		for (const type of ['vm', 'volume', 'database']) {
			assert.deepEqual(await aws.rows(type), [], type);
		}

		const {provider} = aws;
		const at = {account: 'default', region: 'us-east-1'};
		const deeds: Partial<Record<ResourceOperation, () => Promise<unknown>>> = {
			deploy: async () => provider.deploy!('aws', {type: 'vm', name: 'x', fields: {}, token: 'one'}, call()),
			stop: async () => provider.stop!(aws.target(id, at), call()),
			restart: async () => provider.restart!(aws.target(id, at), call()),
			destroy: async () => provider.destroy!(aws.target(id, at), call()),
		};
		const others = [
			async () => provider.destroy!(aws.target('vol-00000000000000001', {type: 'volume', ...at}), call()),
			async () => provider.stop!(aws.target('db', {type: 'database', ...at}), call()),
		];
		for (const deed of [...Object.values(deeds), ...others]) {
			assert.equal((await failureOf(deed)).code, 'CWS_DENIED');
		}

		const plan = await provider.planAction!('destroy', aws.target(id, at), call());
		assert.match(plan.warnings?.join(' ') ?? '', /it will be refused: account 111122223333 is not in/);
		assert.deepEqual([aws.server.cloud.instances[0]?.state, aws.server.cloud.volumes.length], ['running', 1]);
	});
});
