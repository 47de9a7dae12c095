import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {suite, test} from 'node:test';
import {promisify} from 'node:util';
import {addInstance} from '../../plugins/aws/test/cloud.ts';
import {startQueryServer} from '../../plugins/aws/test/query-server.ts';
import {type OperationResult} from '../../source/core/operation.ts';
import {type ProviderResource} from '../../source/core/resource.ts';
import {type ListPage, type ResourceTarget} from '../../source/sdk/provider.ts';
import {hostForTest} from '../helpers/host-for-test.ts';
import {until} from './lib/until.ts';

const run = promisify(execFile);
const outside = process.env['CWS_TEST_AWS_ENDPOINT'];
const image = process.env['CWS_TEST_AWS_IMAGE'] ?? 'ami-0123456789abcdef0';
const cli = '/usr/bin/aws';
const hasCli = existsSync(cli);
const credentials = {
	AWS_ACCESS_KEY_ID: process.env['CWS_TEST_AWS_ACCESS_KEY_ID'] ?? 'AKIATEST',
	AWS_SECRET_ACCESS_KEY: process.env['CWS_TEST_AWS_SECRET_ACCESS_KEY'] ?? 'secret',
	AWS_CONFIG_FILE: '/nowhere',
	AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
};

type Described = {
	readonly Reservations: readonly {readonly Instances: readonly {readonly InstanceId: string; readonly State: {readonly Name: string}}[]}[];
};

/** What the AWS CLI of the system says to the same question. */
async function asCli<Answer>(endpoint: string, ...args: readonly string[]): Promise<Answer> {
	const {stdout} = await run(cli, ['--endpoint-url', endpoint, '--region', 'us-east-1', '--output', 'json', '--no-cli-pager', ...args], {
		env: {PATH: '/usr/bin:/bin', ...credentials},
	});
	return JSON.parse(stdout === '' ? '{}' : stdout) as Answer;
}

async function stateByCli(endpoint: string, id: string): Promise<string | undefined> {
	const {Reservations} = await asCli<Described>(endpoint, 'ec2', 'describe-instances', '--instance-ids', id);
	return Reservations[0]?.Instances[0]?.State.Name;
}

type Plugin = AsyncDisposable & {
	/** The value of a call that has to succeed. */
	readonly value: <Result>(method: string, args: readonly unknown[]) => Promise<Result>;
	readonly rows: () => Promise<readonly ProviderResource[]>;
};

/** The plugin behind the real host, with the credentials of the environment. */
async function pluginAt(endpoint: string): Promise<Plugin> {
	delete process.env['AWS_PROFILE'];
	Object.assign(process.env, credentials);
	const running = await hostForTest(['aws'], {pluginOptions: {aws: {endpoint, profiles: ['environment']}}});
	return {
		async value<Result>(method: string, args: readonly unknown[]) {
			const outcome = await running.host.call<Result>({plugin: 'aws', method, args});
			assert.ok(outcome.ok, JSON.stringify(outcome));
			return outcome.value;
		},
		async rows() {
			const rows: ProviderResource[] = [];
			for await (const chunk of running.host.stream<ListPage>({
				plugin: 'aws',
				method: 'provider.list',
				args: [{provider: 'aws', type: 'vm'}],
			})) {
				assert.ok(chunk.ok, JSON.stringify(chunk));
				rows.push(...chunk.value.flatMap(({resources}) => resources));
			}

			return rows;
		},
		[Symbol.asyncDispose]: async () => running[Symbol.asyncDispose](),
	};
}

/** A whole life, which an independent client looks at after each step where there is one. */
async function journey(endpoint: string, agree: (id: string, ...states: readonly string[]) => Promise<void>) {
	await using plugin = await pluginAt(endpoint);
	const spec = {
		type: 'vm',
		name: `journey-${process.pid}`,
		region: 'us-east-1',
		size: 't3.micro',
		fields: {image},
		token: `journey-${process.pid}`,
	};
	const deployed = await plugin.value<OperationResult>('provider.deploy', ['aws', spec]);
	const target: ResourceTarget = {
		provider: 'aws',
		type: 'vm',
		id: deployed.id!,
		name: spec.name,
		account: 'environment',
		region: 'us-east-1',
	};
	const status = async () => (await plugin.value<ProviderResource | null>('provider.get', [target]))?.status;
	const becomes = async (wanted: string) => until(status, now => now === wanted);
	await becomes('running');
	await agree(target.id, 'running');
	const again = await plugin.value<OperationResult>('provider.deploy', ['aws', spec]);
	assert.equal(again.id, target.id);
	await plugin.value('provider.stop', [target]);
	await becomes('stopped');
	await agree(target.id, 'stopped');
	await plugin.value('provider.start', [target]);
	await becomes('running');
	await agree(target.id, 'running');
	await plugin.value('provider.restart', [target]);
	assert.equal((await plugin.value<OperationResult>('provider.destroy', [target])).status, 'deleted');
	await until(status, now => now === 'deleting' || now === undefined);
	await agree(target.id, 'shutting-down', 'terminated');
}

suite('aws, at the endpoint that is given', {skip: outside === undefined ? 'CWS_TEST_AWS_ENDPOINT names no endpoint' : false}, () => {
	test('a whole life of an instance', async () => {
		await journey(outside!, async (id, ...states) => {
			if (hasCli) {
				assert.ok(states.includes((await stateByCli(outside!, id)) ?? 'terminated'));
			}
		});
	});
});

suite('aws, beside the AWS CLI', {skip: hasCli ? false : 'the AWS CLI is not installed (awscli)'}, () => {
	test('a whole life of an instance, in which both always agree', async () => {
		await using server = await startQueryServer();
		server.cloud.looks = 1;
		await journey(server.url, async (id, ...states) => {
			assert.ok(states.includes((await stateByCli(server.url, id)) ?? 'terminated'));
		});
	});

	test('the same instances, with the same names', async () => {
		await using server = await startQueryServer();
		for (const name of ['plain', '<b>&amp;', "it's", 'ünï 🦄']) {
			addInstance(server.cloud, {tags: new Map([['Name', name]])});
		}

		await using plugin = await pluginAt(server.url);
		const rows = await plugin.rows();
		const names = await asCli<readonly string[]>(
			server.url,
			'ec2',
			'describe-instances',
			'--query',
			"Reservations[].Instances[].Tags[?Key=='Name'].Value[]",
		);
		assert.deepEqual(rows.map(({name}) => name).toSorted(), [...names].toSorted());
	});

	test('an instance that the CLI launched is there, and one it terminated is gone', async () => {
		await using server = await startQueryServer();
		await using plugin = await pluginAt(server.url);
		const {Instances} = await asCli<Described['Reservations'][number]>(
			server.url,
			'ec2',
			'run-instances',
			'--image-id',
			image,
			'--instance-type',
			't3.micro',
		);
		const {InstanceId: id} = Instances[0]!;
		const ids = async () => (await plugin.rows()).map(row => row.id);
		assert.deepEqual(await ids(), [id]);
		await asCli(server.url, 'ec2', 'terminate-instances', '--instance-ids', id);
		assert.deepEqual(await ids(), []);
	});
});
