import {execFile} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {promisify} from 'node:util';
import {addInstance, type CloudForTest} from '../../plugins/aws/test/cloud.ts';
import {startQueryServer} from '../../plugins/aws/test/query-server.ts';
import {type Bench, type Figure} from './bench.ts';
import {type Installed} from './support/install-copy.ts';
import {type Polls} from './support/polls.ts';
import {median, ratio} from './support/stats.ts';
import {timeRun} from './support/time-run.ts';

const instances = 1000;
const rounds = 3;
const ratioLimit = 0.5;
// What a worker takes is told every five seconds, and these refreshes take longer than that together.
const refreshes = 20;
const memoryLimitMb = 180;
const types = ['m7g.large', 't3.micro', 'c7i.xlarge', 'r6i.2xlarge'];

/** A thousand instances with a disk each in four regions of a small cloud on loopback, beside the AWS CLI: one call for each region. */
export const aws: Bench = {
	name: 'aws',
	async run(installed) {
		await using server = await startQueryServer();
		fill(server.cloud);
		const {regions} = server.cloud;
		const home = homeFor(installed, regions);
		const env = {
			PATH: process.env['PATH'] ?? '',
			HOME: home,
			CWS_HOME: home,
			AWS_ENDPOINT_URL: server.url,
			AWS_ACCESS_KEY_ID: 'AKIATEST',
			AWS_SECRET_ACCESS_KEY: 'secret',
			AWS_EC2_METADATA_DISABLED: 'true',
			AWS_PAGER: '',
		};
		return [await besideCli(installed, regions, env), await memoryOf(installed, env)] satisfies readonly Figure[];
	},
};

function fill(cloud: CloudForTest): void {
	for (let index = 0; index < instances; index++) {
		const region = cloud.regions[index % cloud.regions.length]!;
		const volume = cloud.newId('vol');
		const tags = new Map([
			['Name', `node-${index}`],
			['team', 'genomics'],
			['env', 'prod'],
		]);
		const {id} = addInstance(cloud, {region, type: types[index % types.length]!, volume, tags});
		cloud.volumes.push({id: volume, region, gb: 20, kind: 'gp3', attachedTo: id});
	}
}

/** A person with one set of keys, who looks at four regions. */
function homeFor(installed: Installed, regions: readonly string[]): string {
	const home = installed.home('aws');
	mkdirSync(path.join(home, 'config'), {recursive: true});
	writeFileSync(
		path.join(home, 'config/config.toml'),
		`[plugins]\ndisabled = ["docker", "local", "slurm", "ssh"]\n[plugins.aws]\nregions = ${JSON.stringify(regions)}\n`,
	);
	return home;
}

type Env = Readonly<Record<string, string>>;

type Listed = {readonly resources: readonly {readonly type: string}[]};

const run = promisify(execFile);

async function besideCli(installed: Installed, regions: readonly string[], env: Env): Promise<Figure> {
	const name = `\`cws list --provider aws --json\` of ${instances} beside \`aws ec2 describe-instances\``;
	const missing = await timeRun('aws', ['--version'], env).then(
		() => undefined,
		(error: unknown) => (error as Error).message,
	);
	if (missing !== undefined) {
		return {name, value: Number.NaN, unit: '×', beside: `not measured: ${missing}`};
	}

	const cws = [process.execPath, [installed.bin, 'list', '--provider', 'aws', '--json']] as const;
	// By option: older ones do not know the variable, and would ask the real AWS.
	const words = `aws --endpoint-url ${env['AWS_ENDPOINT_URL']} --region $region --output json ec2 describe-instances`;
	const loop = `for region in ${regions.join(' ')}; do ${words}; done`;
	const peer = ['sh', ['-ec', loop]] as const;
	// The first ones fill the caches, and show that both tell the same.
	const options = {env, maxBuffer: 64 * 1024 * 1024};
	const counts = [
		(JSON.parse((await run(...cws, options)).stdout) as Listed).resources.filter(({type}) => type === 'vm').length,
		(await run(...peer, options)).stdout.split('"InstanceId": "').length - 1,
	];
	if (counts.some(count => count !== instances)) {
		throw new Error(`of ${instances} instances cws listed ${counts[0]} and the AWS CLI ${counts[1]}`);
	}

	const times: Record<'cws' | 'peer', number[]> = {cws: [], peer: []};
	for (let round = 0; round < rounds; round++) {
		times.cws.push(await timeRun(...cws, env));
		times.peer.push(await timeRun(...peer, env));
	}

	return {
		name,
		value: ratio(times.cws, times.peer),
		unit: '×',
		limit: ratioLimit,
		beside: `${median(times.cws).toFixed(0)} ms with volumes and databases; one call of \`aws\` for each of ${regions.length} regions ${median(times.peer).toFixed(0)} ms`,
	};
}

async function memoryOf({headless}: Installed, env: Env): Promise<Figure> {
	const {stdout} = await run(process.execPath, ['--no-warnings', '--max-semi-space-size=4', headless, 'poll', 'aws', String(refreshes)], {
		env,
	});
	const {polls, memoryMb} = JSON.parse(stdout) as Polls;
	// Volumes that hang on an instance count as running too.
	if (memoryMb === 0 || polls.some(({running}) => running !== 2 * instances)) {
		throw new Error(`${polls.at(-1)?.running} of ${2 * instances} ran, and the worker took ${memoryMb} MB`);
	}

	return {
		name: 'memory of the worker of aws, used',
		value: memoryMb,
		unit: 'MB',
		limit: memoryLimitMb,
		beside: `${refreshes} refreshes of ${instances} instances and their volumes, as cws shows it; each ${median(polls.map(({ms}) => ms)).toFixed(0)} ms`,
	};
}
