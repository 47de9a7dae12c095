import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {startCloudFor} from '../../plugins/aws/test/cloud-for-contract.ts';
import {startFakeSlurm} from '../../plugins/slurm/test/fake-slurm.ts';
import {startFakeEngine} from '../../plugins/docker/test/fake-engine.ts';
import {freePort} from '../../plugins/local/test/local-for-test.ts';
import {type DeploySpec} from '../../source/core/plan.ts';

export type Sample = {
	readonly options: Readonly<Record<string, unknown>>;
	readonly provider: string;
	/** What it speaks to, where the machine need not have one. */
	readonly world?: () => Promise<AsyncDisposable>;
	/** A small workstation that can be created anywhere, without anything installed. */
	readonly spec: Omit<DeploySpec, 'token'>;
	/** Part of the spec that must not turn up in a log. */
	readonly secret: string;
	/** Changes to the spec that the provider has to refuse. */
	readonly malformed: readonly Partial<DeploySpec>[];
	/** A deploy that takes long enough to be cancelled. */
	readonly slow: {readonly options: Readonly<Record<string, unknown>>; readonly spec: () => Promise<Omit<DeploySpec, 'token'>>};
};

const secret = 'hunter2-0451';

const engineSocket = join(tmpdir(), `cws-engine-${process.pid}.sock`);
const engine = {discover: false, hosts: {fake: {url: `unix://${engineSocket}`}}, stopGraceSeconds: 1, statsSeconds: 0};

const cloudPort = await freePort();
const cloudAddress = `http://127.0.0.1:${cloudPort}`;

const slurmBin = join(tmpdir(), `cws-slurm-${process.pid}`);
const slurm = {discover: false, clusters: {fake: {bin: slurmBin}}};

/** What the contract suite deploys with each plugin. */
export const samples: Readonly<Record<string, Sample>> = {
	aws: {
		options: {endpoint: cloudAddress, profiles: ['environment']},
		provider: 'aws',
		world: async () => startCloudFor(cloudPort),
		spec: {type: 'vm', name: 'contract-1', region: 'us-east-1', size: 't3.micro', fields: {hibernate: true, userData: `token=${secret}`}},
		secret,
		malformed: [
			{name: '../contract-2'},
			{name: ''},
			{region: 'moon'},
			{size: 'huge'},
			{fields: {image: '../etc'}},
			{fields: {diskGb: 'many'}},
			{fields: {diskGb: -1}},
			{fields: {securityGroups: ['default; rm']}},
			{fields: {keyPair: {}}},
			{fields: {profile: 'nobody'}},
			{fields: {hibernate: true, spot: true}},
			{fields: {userData: 'x'.repeat(20_000)}},
			{tags: {'aws:mine': 'x'}},
		],
		slow: {
			options: {endpoint: cloudAddress, profiles: ['environment']},
			spec: async () => ({type: 'vm', name: 'contract-slow', region: 'us-east-1', fields: {}}),
		},
	},
	docker: {
		options: engine,
		provider: 'docker',
		world: async () => startFakeEngine(engineSocket),
		spec: {type: 'container', name: 'contract-1', fields: {image: 'busybox:1', command: 'sleep 120', env: {API_TOKEN: secret}}},
		secret,
		malformed: [
			{fields: {}},
			{fields: {image: 'UPPER CASE'}},
			{fields: {image: 'busybox:1', ports: ['eighty']}},
			{fields: {image: 'busybox:1', ports: ['99999:80']}},
			{fields: {image: 'busybox:1', mounts: ['/etc']}, size: 'huge'},
			{fields: {image: 'busybox:1', mounts: ['../etc:/etc']}},
			{fields: {image: 'busybox:1', env: {'A B': 'x'}}},
			{fields: {image: 'busybox:1', command: 'sh -c "never closed'}},
			{fields: {image: 'busybox:1', memoryMb: 'much'}},
			{fields: {image: 'busybox:1', engine: 'nowhere'}},
			{name: '../contract-2'},
		],
		slow: {
			options: engine,
			spec: async () => ({type: 'container', name: 'contract-slow', fields: {image: 'slow:1'}}),
		},
	},
	local: {
		options: {stopGraceSeconds: 2, readySeconds: 5},
		provider: 'local',
		spec: {type: 'vm', name: 'contract-1', fields: {command: 'exec sleep 120', env: {API_TOKEN: secret}}},
		secret,
		malformed: [
			{fields: {command: 'exec sleep 120', port: 'eighty'}},
			{fields: {command: 'exec sleep 120', port: 99_999}},
			{fields: {template: 'spaceship'}},
			{fields: {command: 'exec sleep 120', env: {'A B': 'x'}}},
			{fields: {command: 'exec sleep 120', cwd: '/nowhere/at/all'}},
			{fields: {command: 'exec sleep 120', healthPath: '/health'}},
			{name: '../contract-2'},
		],
		slow: {
			options: {stopGraceSeconds: 2, readySeconds: 60},
			// Nothing ever answers on the port.
			spec: async () => ({type: 'vm', name: 'contract-slow', fields: {command: 'exec sleep 120', port: await freePort()}}),
		},
	},
	mock: {
		options: {latencyMs: 0, changesPerSecond: 0},
		provider: 'nimbus',
		spec: {type: 'vm', name: 'contract-1', region: 'eu-west-1', size: 't3.small', fields: {image: secret}},
		secret,
		malformed: [
			{name: ''},
			{region: 'moon'},
			{size: 'huge'},
			{fields: {storageGb: 'many'}},
			{fields: {storageGb: -1}},
			{fields: {account: {}}},
		],
		slow: {
			options: {latencyMs: 100, changesPerSecond: 0},
			spec: async () => ({type: 'vm', name: 'contract-slow', fields: {}}),
		},
	},
	slurm: {
		options: slurm,
		provider: 'slurm',
		world: async () => startFakeSlurm(slurmBin),
		spec: {type: 'job', name: 'contract-1', fields: {script: `#!/bin/sh\nexport API_TOKEN=${secret}\nsleep 120\n`}},
		secret,
		malformed: [
			{fields: {}},
			{fields: {script: '#!/bin/sh\ntrue', command: 'true'}},
			{fields: {file: '/nowhere/at/all.sh'}},
			{fields: {file: '/etc/passwd'}},
			{fields: {command: 'true', time: 'soon'}},
			{fields: {command: 'true', memory: 'much'}},
			{fields: {command: 'true', nodes: 0}},
			{fields: {command: 'true', nodes: 1.5}},
			{fields: {command: 'true', gpus: '-1'}},
			{fields: {command: 'true', partition: '--wrap=true'}},
			{fields: {command: 'true', array: '0-'}},
			{fields: {command: 'true', dependency: 'afterok:x'}},
			{fields: {command: 'true', directory: 'relative'}},
			{fields: {command: 'true', cluster: 'nowhere'}},
			{fields: {command: 'true'}, size: 'huge'},
			{name: '../contract-2'},
		],
		slow: {
			options: slurm,
			spec: async () => ({type: 'job', name: 'contract-slow', fields: {command: 'true', partition: 'slow'}}),
		},
	},
};
