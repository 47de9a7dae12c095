import {execFileSync} from 'node:child_process';
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type ListPage, type ResourceChange} from 'cws/sdk';
import {act, destroy} from '../provider/actions.ts';
import {connect} from '../provider/connect.ts';
import {deploy} from '../provider/deploy.ts';
import {get, list} from '../provider/list.ts';
import {logs} from '../provider/logs.ts';
import {plan, planAction} from '../provider/plan.ts';
import {watch} from '../provider/watch.ts';
import {type MockContext} from '../provider/context.ts';
import {callForTest, collect, mockForTest, specForTest, targetOf} from './mock-for-test.ts';

const pagesOf = async (mock: MockContext, provider: string, type: string): Promise<readonly ListPage[]> =>
	collect(list(mock, {provider, type}, callForTest()));

const targetNamed = (mock: MockContext, provider: string, type: string, name: string) =>
	targetOf(provider, mock.world.findByName(provider, type, name)!);

test('a list comes in pages of 256 and has every resource once', async () => {
	const mock = mockForTest({resources: 3000});
	const pages = await pagesOf(mock, 'nimbus', 'vm');
	assert.ok(pages.length > 3);
	assert.ok(pages.every(({resources}) => resources.length <= 256));
	const ids = pages.flatMap(({resources}) => resources.map(({id}) => id));
	assert.equal(new Set(ids).size, ids.length);
	assert.equal(ids.length, mock.world.list('nimbus', 'vm').length);
});

test('a type nobody has is an empty list', async () => {
	assert.deepEqual(
		(await pagesOf(mockForTest(), 'nimbus', 'spaceship')).flatMap(({resources}) => resources),
		[],
	);
});

test('a deploy goes through its stages and can be read back', async () => {
	const mock = mockForTest();
	const messages: (string | undefined)[] = [];
	const spec = specForTest({region: 'eu-west-1', size: 'g5.xlarge', fields: {account: 'prod', storageGb: 50}});
	const result = await deploy(
		mock,
		'nimbus',
		spec,
		callForTest(undefined, ({message}) => messages.push(message)),
	);
	assert.equal(result.status, 'created');
	assert.ok(messages.includes('starting instance'));
	const resource = await get(mock, {provider: 'nimbus', type: 'vm', id: result.id!, name: 'web-1'}, callForTest());
	assert.deepEqual([resource?.status, resource?.account, resource?.region, resource?.size], ['running', 'prod', 'eu-west-1', 'g5.xlarge']);
});

test('what a deploy costs is what its plan said', async () => {
	const mock = mockForTest();
	const spec = specForTest({size: 'm7.4xlarge', fields: {storageGb: 200, publicIp: true}});
	const {id} = await deploy(mock, 'nimbus', spec, callForTest());
	assert.deepEqual(mock.world.get({provider: 'nimbus', type: 'vm', id: id!})?.cost, plan(mock, 'nimbus', spec).estimate);
});

test('the same token gives the same resource, another token finds the name taken', async () => {
	const mock = mockForTest();
	const first = await deploy(mock, 'nimbus', specForTest(), callForTest());
	const again = await deploy(mock, 'nimbus', specForTest(), callForTest());
	assert.equal(again.id, first.id);
	await assert.rejects(deploy(mock, 'nimbus', specForTest({token: 'other'}), callForTest()), /has a vm `web-1` already/);
});

test('a region, a size or a type that does not exist is refused with those that do', async () => {
	const mock = mockForTest();
	await assert.rejects(deploy(mock, 'nimbus', specForTest({region: 'moon'}), callForTest()), /`moon` is not a region/);
	await assert.rejects(deploy(mock, 'nimbus', specForTest({size: 'huge'}), callForTest()), /`huge` is not a size/);
	await assert.rejects(deploy(mock, 'nimbus', specForTest({type: 'spaceship'}), callForTest()), /`nimbus` cannot create a `spaceship`/);
});

test('a cancelled deploy leaves nothing behind', async () => {
	const mock = mockForTest({latencyMs: 5});
	const cancel = new AbortController();
	const count = mock.world.count();
	const call = callForTest(cancel.signal, ({message}) => {
		if (message === 'starting instance') {
			cancel.abort();
		}
	});
	await assert.rejects(deploy(mock, 'nimbus', specForTest(), call), {name: 'AbortError'});
	assert.equal(mock.world.count(), count);
});

test('a resource stops, starts, hibernates, resumes and is destroyed; destroying it again finds nothing', async () => {
	const mock = mockForTest();
	const target = targetNamed(mock, 'nimbus', 'vm', 'genomics-gpu');
	const statuses: (string | undefined)[] = [];
	mock.world.subscribe(change => statuses.push(change.change === 'upsert' ? change.resource.status : 'gone'));
	for (const name of ['stop', 'start', 'hibernate', 'resume', 'restart'] as const) {
		await act(mock, name, target, callForTest());
	}

	assert.equal((await destroy(mock, target, callForTest())).status, 'deleted');
	assert.equal((await destroy(mock, target, callForTest())).status, 'not_found');
	assert.equal(
		statuses.join(' '),
		'stopping stopped pending running hibernating hibernated resuming running stopping pending running deleting gone',
	);
});

test('what does not fit the state is refused, what is so already is skipped', async () => {
	const mock = mockForTest();
	const stopped = targetNamed(mock, 'nimbus', 'vm', 'old-notebook');
	await assert.rejects(act(mock, 'hibernate', stopped, callForTest()), /is stopped, so it cannot hibernate/);
	assert.equal((await act(mock, 'stop', stopped, callForTest())).status, 'skipped');
});

test('a protected resource is not destroyed', async () => {
	const mock = mockForTest();
	await assert.rejects(destroy(mock, targetNamed(mock, 'nimbus', 'database', 'ledger-db'), callForTest()), /protected/);
});

test('the plan of a destroy says what goes with it and what stays', () => {
	const mock = mockForTest();
	const {takes, keeps} = planAction(mock, 'destroy', targetNamed(mock, 'nimbus', 'vm', 'old-notebook'));
	assert.match(takes![0]!, /gp3 100 GB, deleted with it/);
	assert.deepEqual(keeps, ['security group `lab-ssh`']);
});

test('changes are pushed', async () => {
	const mock = mockForTest();
	const cancel = new AbortController();
	const changes: ResourceChange[] = [];
	const watching = (async () => {
		for await (const batch of watch(mock, callForTest(cancel.signal))) {
			changes.push(...batch);
			cancel.abort();
		}
	})();
	const target = targetNamed(mock, 'nimbus', 'vm', 'genomics-gpu');
	setImmediate(() => {
		mock.world.setStatus(target, 'stopping');
		mock.world.remove(target);
	});
	await watching;
	assert.deepEqual(
		changes.map(({change}) => change),
		['upsert', 'remove'],
	);
});

test('a log has the lines asked for, the same ones each time', async () => {
	const mock = mockForTest();
	const target = targetNamed(mock, 'nimbus', 'vm', 'genomics-gpu');
	const read = async () => (await collect(logs(mock, target, {follow: false, tail: 20}, callForTest()))).flat();
	const lines = await read();
	assert.equal(lines.length, 20);
	assert.deepEqual(await read(), lines);
});

test('the log of a failed resource ends with the reason', async () => {
	const mock = mockForTest();
	const target = targetNamed(mock, 'dockyard', 'container', 'bad-image');
	const lines = (await collect(logs(mock, target, {follow: false, tail: 5}, callForTest()))).flat();
	assert.match(lines.at(-1)!.text, /not found/);
});

test('connecting runs nothing of what is typed', async () => {
	const mock = mockForTest();
	const target = targetNamed(mock, 'nimbus', 'vm', 'genomics-gpu');
	const connection = await connect(mock, target, ['rm', '-r', '/'], callForTest().signal);
	assert.ok(connection.kind === 'exec' && connection.command === 'sh');
	assert.deepEqual(connection.args.slice(2), ['demo', 'genomics-gpu', 'rm', '-r', '/']);
	const shell = await connect(mock, target, [], callForTest().signal);
	assert.ok(shell.kind === 'exec');
	const output = execFileSync(shell.command, shell.args, {input: 'echo $(id) `id`\nid; id\nhostname\nexit\nhostname\n', encoding: 'utf8'});
	assert.match(output, /\$ \$\(id\) `id`\n/);
	assert.match(output, /demo: id;: not run\n/);
	assert.doesNotMatch(output, /uid=/);
	assert.equal(output.match(/^genomics-gpu\$ genomics-gpu$/gm)?.length, 1);
	await assert.rejects(connect(mock, targetNamed(mock, 'nimbus', 'vm', 'old-notebook'), [], callForTest().signal), /nothing answers/);
});

test('with faults a region stops answering, and a provider wants a login after its first answer', async () => {
	const mock = mockForTest({faults: true, resources: 500});
	const [complete] = await pagesOf(mock, 'nimbus', 'vm');
	assert.deepEqual(complete!.missing, []);
	// Some of these are throttled.
	const later = await Promise.allSettled(Array.from({length: 9}, async () => pagesOf(mock, 'nimbus', 'vm')));
	const page = later.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []))[0];
	assert.deepEqual(
		page!.missing?.map(({region}) => region),
		['ap-southeast-2'],
	);
	assert.ok(page!.resources.every(({account, region}) => account !== 'lab' || region !== 'ap-southeast-2'));
	assert.ok((await pagesOf(mock, 'altocloud', 'vm'))[0]!.resources.length > 0);
	await assert.rejects(pagesOf(mock, 'altocloud', 'vm'), /does not accept the credentials/);
});

test('with faults requests are throttled now and then, and a stubborn resource ignores what it accepted', async () => {
	const mock = mockForTest({faults: true});
	const answers = await Promise.allSettled(Array.from({length: 40}, async () => pagesOf(mock, 'nimbus', 'vm')));
	const refused = answers.filter(({status}) => status === 'rejected').length;
	assert.ok(refused > 0 && refused < 40);
	const target = targetNamed(mock, 'nimbus', 'vm', 'old-notebook');
	assert.equal((await act(mock, 'start', target, callForTest())).status, 'started');
	assert.equal(mock.world.get(target)?.status, 'stopped');
});
