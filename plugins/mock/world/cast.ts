import {type ProviderResource, type ResourceStatus} from 'cws/sdk';

/** A resource everyone meets in the demo, before the generated ones. */
export type CastMember = {
	readonly provider: string;
	readonly type: string;
	readonly name: string;
	readonly account?: string;
	readonly region?: string;
	readonly status: ResourceStatus;
	readonly size: string;
	readonly ageHours: number;
	readonly owner?: string;
	readonly storageGb?: number;
	readonly more?: Partial<ProviderResource>;
};

const day = 24;

export const cast: readonly CastMember[] = [
	{
		provider: 'nimbus',
		type: 'vm',
		name: 'genomics-gpu',
		account: 'prod',
		region: 'us-east-1',
		status: 'running',
		size: 'g5.xlarge',
		ageHours: 12 * day,
		owner: 'rosalind',
		storageGb: 100,
	},
	{
		provider: 'cirrus',
		type: 'job',
		name: 'fold-17',
		account: 'main',
		region: 'gpu',
		status: 'running',
		size: '2 × A100',
		ageHours: 2.2,
		owner: 'ada',
	},
	{
		provider: 'nimbus',
		type: 'vm',
		name: 'notebook-17',
		account: 'lab',
		region: 'eu-west-1',
		status: 'hibernated',
		size: 't3.large',
		ageHours: 9 * day,
		owner: 'grace',
		storageGb: 100,
	},
	{
		provider: 'nimbus',
		type: 'vm',
		name: 'old-notebook',
		account: 'lab',
		region: 'eu-west-1',
		status: 'stopped',
		size: 't3.large',
		ageHours: 88 * day,
		owner: 'alan',
		storageGb: 100,
	},
	{
		provider: 'cirrus',
		type: 'job',
		name: 'assembly-array',
		account: 'main',
		region: 'compute',
		status: 'running',
		size: '64 cpu',
		ageHours: 5.1,
		owner: 'barbara',
	},
	{provider: 'basement', type: 'host', name: 'render-box', region: 'workshop', status: 'running', size: '32 cpu', ageHours: 140 * day},
	{
		provider: 'dockyard',
		type: 'container',
		name: 'pg-test',
		status: 'running',
		size: 'postgres:16',
		ageHours: 3.4,
		more: {endpoints: [{label: 'postgres', address: '127.0.0.1:5432', isReachable: true}]},
	},
	{provider: 'dockyard', type: 'container', name: 'scratch', status: 'running', size: 'alpine', ageHours: 2 * day},
	{
		provider: 'dockyard',
		type: 'container',
		name: 'bad-image',
		status: 'failed',
		size: 'python:3.14',
		ageHours: 0.02,
		more: {statusReason: 'image `nope:1` not found: try another tag'},
	},
	{
		provider: 'altocloud',
		type: 'vm',
		name: 'old-vm-1',
		account: 'demo',
		region: 'us-central',
		status: 'running',
		size: 'e2-medium',
		ageHours: 31 * day,
		storageGb: 20,
	},
	{
		provider: 'altocloud',
		type: 'vm',
		name: 'old-vm-2',
		account: 'demo',
		region: 'us-central',
		status: 'stopped',
		size: 'e2-medium',
		ageHours: 31 * day,
		storageGb: 50,
	},
	{
		provider: 'nimbus',
		type: 'database',
		name: 'ledger-db',
		account: 'prod',
		region: 'us-east-1',
		status: 'running',
		size: 'db.large',
		ageHours: 210 * day,
		owner: 'katherine',
		storageGb: 200,
		more: {protected: 'deletion protection is on'},
	},
	{
		provider: 'nimbus',
		type: 'volume',
		name: 'orphan-data',
		account: 'lab',
		region: 'us-east-1',
		status: 'stopped',
		size: '500 GB',
		ageHours: 61 * day,
	},
	{
		provider: 'nimbus',
		type: 'vm',
		name: '解析-notebook',
		account: 'lab',
		region: 'ap-southeast-2',
		status: 'running',
		size: 't3.large',
		ageHours: 4 * day,
		owner: '美咲',
		storageGb: 50,
	},
	{
		provider: 'cirrus',
		type: 'job',
		name: 'größenanalyse',
		account: 'main',
		region: 'compute',
		status: 'pending',
		size: '8 cpu',
		ageHours: 0.3,
		owner: 'jürgen',
	},
];

/** Only with faults: names that try to damage the screen. What gets through is for the host to make harmless. */
export const hostileNames: readonly string[] = [
	'\u001B[2J\u001B[31mred-alert',
	'invoice-\u202Etxt.exe',
	'zero\u200Bwidth\u200Djoin',
	'bell\u0007-and\rreturn\nnewline',
	`very-long-${'x'.repeat(300)}`,
	'stack\u0301\u0302\u0303\u0304\u0305\u0306ed',
	'👩‍🔬-lab-🇯🇵',
];
