import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {FailureError} from 'cws/sdk';
import {awsForTest, call} from './aws-for-test.ts';
import {AwsError} from './call.ts';
import {addInstance, ownerId} from './cloud.ts';
import {collect} from './collect.ts';

const regions = ['us-east-1', 'eu-west-1', 'eu-central-1', 'ap-south-1'];

suite('a list', () => {
	test('has a thousand instances of four regions, each once, from as few calls as there can be', async () => {
		await using aws = await awsForTest({config: {regions: ['all']}});
		for (let index = 0; index < 1000; index++) {
			addInstance(aws.server.cloud, {region: regions[index % 4]!, tags: new Map([['Name', `node-${index}`]])});
		}

		const rows = await aws.rows();
		assert.equal(new Set(rows.map(({region, id}) => `${region}/${id}`)).size, 1000);
		assert.equal(aws.server.calls.filter(({action}) => action === 'DescribeInstances').length, 4);
		assert.ok(rows.every(({meta}) => meta?.['accountId'] === ownerId));
	});

	test('goes through pages, and gives each when it is there', async () => {
		await using aws = await awsForTest();
		aws.server.cloud.pageSize = 10;
		for (let index = 0; index < 25; index++) {
			addInstance(aws.server.cloud);
		}

		assert.deepEqual(
			(await aws.pages()).map(({resources}) => resources.length),
			[10, 10, 5],
		);
	});

	test('ends although a server always promises another page', async () => {
		await using aws = await awsForTest();
		aws.server.cloud.pageSize = 0;
		addInstance(aws.server.cloud);
		assert.deepEqual(await aws.rows(), []);
	});

	test('shows the regions that answer when others are throttled, silent or answer half', async () => {
		await using aws = await awsForTest({config: {regions, regionSeconds: 1}});
		addInstance(aws.server.cloud);
		aws.server.trouble = ({region}) =>
			region === 'eu-west-1'
				? new AwsError('UnauthorizedOperation', 'You are not authorized. Encoded authorization failure message: AAAABBBB', 403)
				: region === 'eu-central-1'
					? 'hang'
					: region === 'ap-south-1'
						? 'half'
						: undefined;
		const pages = await aws.pages();
		assert.equal(pages.flatMap(({resources}) => resources).length, 1);
		const missing = Object.fromEntries(pages.flatMap(({missing = []}) => missing).map(part => [part.region, part.reason]));
		assert.deepEqual(missing, {
			'eu-west-1': 'You are not authorized.',
			'eu-central-1': 'it took more than 1 s',
			'ap-south-1': 'it took more than 1 s',
		});
	});

	test('waits and asks again when AWS limits the rate', async () => {
		await using aws = await awsForTest();
		addInstance(aws.server.cloud);
		let left = 1;
		aws.server.trouble = ({action}) =>
			action === 'DescribeInstances' && left-- > 0 ? new AwsError('RequestLimitExceeded', 'Request limit exceeded.', 503) : undefined;
		assert.equal((await aws.rows()).length, 1);
		assert.equal(aws.server.calls.filter(({action}) => action === 'DescribeInstances').length, 2);
	});

	test('of a server that is no AWS fails with what to check', async () => {
		await using aws = await awsForTest();
		aws.server.trouble = () => 'html';
		await assert.rejects(aws.rows(), (error: unknown) => {
			assert.ok(error instanceof FailureError && /AWS_ENDPOINT_URL/.test(error.failure.fix ?? ''), JSON.stringify(error));
			return true;
		});
	});

	test('ends at once when it is cancelled', async () => {
		await using aws = await awsForTest({config: {regions}});
		aws.server.trouble = () => 'hang';
		const cancel = new AbortController();
		const list = collect(aws.provider.list({provider: 'aws', type: 'vm'}, call(cancel.signal)));
		setImmediate(() => {
			cancel.abort();
		});
		await assert.rejects(list, {name: 'AbortError'});
	});

	test('leaves out what cannot be an instance and counts it, and keeps hostile names as they are', async () => {
		await using aws = await awsForTest();
		const names = ['<script>', '../../etc', "'; DROP", '\u202Eevil', 'a'.repeat(250), '   ', '🦄 & <b>'];
		for (const name of names) {
			addInstance(aws.server.cloud, {tags: new Map([['Name', name]])});
		}

		addInstance(aws.server.cloud, {id: 'not-an-id'});
		const pages = await aws.pages();
		const rows = pages.flatMap(({resources}) => resources);
		assert.deepEqual(
			rows.map(({name, id}) => (name === id ? '   ' : name)),
			names,
		);
		assert.equal(pages[0]?.skipped, 1);
	});

	test('has volumes with what they hang on, and those that nobody uses with their price', async () => {
		await using aws = await awsForTest();
		const {volumes} = aws.server.cloud;
		volumes.push(
			{id: 'vol-00000000000000001', region: 'us-east-1', gb: 100, kind: 'gp3', name: 'data', attachedTo: 'i-00000000000000001'},
			{id: 'vol-00000000000000002', region: 'us-east-1', gb: 500, kind: 'gp2'},
		);
		const [used, orphan] = await aws.rows('volume');
		assert.equal(used?.attachedTo, 'i-00000000000000001');
		assert.match(used?.disabled?.destroy ?? '', /uses it/);
		assert.equal(orphan?.status, 'stopped');
		assert.deepEqual(orphan?.cost?.stoppedHourly, orphan?.cost?.hourly);
		assert.ok(orphan?.cost?.hourly.kind === 'known' && orphan.cost.hourly.nanos === Math.round((50 / 730) * 1e9));
		const target = (id: string) => aws.target(id, {type: 'volume'});
		await assert.rejects(async () => aws.provider.destroy!(target(used.id), call()), /could not delete/);
		assert.equal((await aws.provider.destroy!(target(orphan.id), call())).status, 'deleted');
		assert.equal((await aws.provider.destroy!(target(orphan.id), call())).status, 'not_found');
		assert.equal(await aws.provider.get(target('vol-1'), call()), null);
	});

	test('says what an instance costs with its disks, stopped too, and counts no disk twice', async () => {
		await using aws = await awsForTest();
		const {volumes} = aws.server.cloud;
		const {id} = addInstance(aws.server.cloud, {state: 'stopped', type: 'm5.large', volume: 'vol-00000000000000001'});
		volumes.push({id: 'vol-00000000000000001', region: 'us-east-1', gb: 73, kind: 'gp3', attachedTo: id});
		const [row] = await aws.rows();
		assert.deepEqual(row?.cost?.stoppedHourly, {kind: 'known', nanos: 8_000_000, currency: 'USD'});
		assert.deepEqual(row.cost.hourly, {kind: 'known', nanos: 104_000_000, currency: 'USD'});
		assert.deepEqual((await aws.provider.get(aws.target(id), call()))?.cost, row.cost);
		const [volume] = await aws.rows('volume');
		assert.equal(volume?.cost?.hourly.kind, 'free');
		const before = aws.server.calls.filter(({action}) => action === 'DescribeVolumes').length;
		await aws.rows();
		assert.equal(aws.server.calls.filter(({action}) => action === 'DescribeVolumes').length, before, 'disks are not asked for each time');
	});

	test('of instances and one of volumes that begin together ask for the volumes once, and each has them whole', async () => {
		await using aws = await awsForTest();
		aws.server.cloud.pageSize = 2;
		const {id} = addInstance(aws.server.cloud, {type: 'm5.large', volume: 'vol-00000000000000001'});
		for (const end of ['1', '2', '3']) {
			const volume = {id: `vol-0000000000000000${end}`, region: 'us-east-1', gb: 73, kind: 'gp3'};
			aws.server.cloud.volumes.push({...volume, ...(end === '1' && {attachedTo: id})});
		}

		const [[row], volumes] = await Promise.all([aws.rows(), aws.rows('volume')]);
		assert.equal(aws.server.calls.filter(({action}) => action === 'DescribeVolumes').length, 2, 'two pages, each once');
		assert.equal(volumes.length, 3);
		assert.deepEqual(row?.cost?.stoppedHourly, {kind: 'known', nanos: 8_000_000, currency: 'USD'});
	});

	test('of volumes asks by itself when the reading it waited for breaks off', async () => {
		await using aws = await awsForTest({config: {regionSeconds: 1}});
		aws.server.cloud.volumes.push({id: 'vol-00000000000000001', region: 'us-east-1', gb: 73, kind: 'gp3'});
		let left = 1;
		aws.server.trouble = ({action}) =>
			action === 'DescribeVolumes' && left-- > 0 ? new AwsError('UnauthorizedOperation', 'No.', 403) : undefined;
		const [instances, volumes] = await Promise.all([aws.rows(), aws.rows('volume')]);
		assert.deepEqual([instances.length, volumes.length], [0, 1]);
	});

	test('says that it does not know what a stopped instance costs when AWS does not show its disks', async () => {
		await using aws = await awsForTest();
		addInstance(aws.server.cloud, {state: 'stopped', volume: 'vol-00000000000000001'});
		aws.server.trouble = ({action}) =>
			action === 'DescribeVolumes' ? new AwsError('UnauthorizedOperation', 'You may not.', 403) : undefined;
		const [row] = await aws.rows();
		assert.equal(row?.cost?.stoppedHourly?.kind, 'unknown');
	});

	test('has the spot price of the zone a machine is in, asked once, and none where AWS tells none', async () => {
		await using aws = await awsForTest();
		addInstance(aws.server.cloud, {isSpot: true, type: 'm5.large'});
		assert.equal((await aws.rows())[0]?.cost?.hourly.kind, 'unknown');
		await using other = await awsForTest();
		other.server.cloud.spotPrices.set('a', '0.0345').set('b', '0.0300').set('c', 'nonsense');
		addInstance(other.server.cloud, {isSpot: true, type: 'm5.large'});
		assert.deepEqual((await other.rows())[0]?.cost?.hourly, {kind: 'known', nanos: 34_500_000, currency: 'USD'});
		await other.rows();
		assert.equal(other.server.calls.filter(({action}) => action === 'DescribeSpotPriceHistory').length, 1);
		const spec = {type: 'vm', name: 'x', size: 'm5.large', fields: {spot: true, publicAddress: 'no', diskGb: 73}, token: 't'};
		const {estimate} = await other.provider.plan('aws', spec, call());
		assert.deepEqual(estimate?.hourly, {kind: 'known', nanos: 38_000_000, currency: 'USD'}, 'the cheapest zone and the disk');
	});

	test('has databases that start and stop, and leaves those of a cluster alone', async () => {
		await using aws = await awsForTest();
		aws.server.cloud.pageSize = 1;
		aws.server.cloud.databases.push(
			{id: 'orders', region: 'us-east-1', type: 'db.m5.large', engine: 'postgres', gb: 100, state: 'available'},
			{id: 'shard-1', region: 'us-east-1', type: 'db.r6g.large', engine: 'aurora-postgresql', gb: 1, cluster: 'shards', state: 'available'},
		);
		const [orders, shard] = await aws.rows('database');
		assert.equal(orders?.endpoints?.[0]?.address, 'orders.x.us-east-1.rds.amazonaws.com:5432');
		assert.ok(orders?.cost?.hourly.kind === 'known');
		assert.match(shard?.disabled?.stop ?? '', /cluster shards/);
		const target = aws.target('orders', {type: 'database'});
		assert.equal((await aws.provider.stop!(target, call())).status, 'stopped');
		assert.equal((await aws.provider.get(target, call()))?.status, 'stopping');
		await assert.rejects(async () => aws.provider.start!(target, call()), /could not start `orders`/);
		assert.equal(await aws.provider.get(aws.target('nothing', {type: 'database'}), call()), null);
	});
});
