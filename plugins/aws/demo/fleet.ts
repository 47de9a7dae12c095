import {type Instance, type Volume} from '@aws-sdk/client-ec2';
import {type DBInstance} from '@aws-sdk/client-rds';

/** Where something of the recording is: a profile and a region. */
export type Place = {readonly account: string; readonly region: string};

export type Fleet = {
	readonly instances: (Place & {readonly instance: Instance})[];
	readonly volumes: (Place & {readonly volume: Volume})[];
	readonly databases: (Place & {readonly database: DBInstance})[];
};

type InstanceRow = Place & {
	readonly name: string;
	readonly type: string;
	readonly days: number;
	readonly diskGb: number;
	readonly state?: 'running' | 'stopped' | 'hibernated' | 'pending';
	readonly address?: string;
	readonly isSpot?: boolean;
	readonly platform?: string;
	readonly owner: string;
	readonly team: string;
};

const dayMs = 86_400_000;
const prod = {account: 'demo-prod', region: 'us-east-1'};
const prodEu = {account: 'demo-prod', region: 'eu-central-1'};
const research = {account: 'demo-lab', region: 'eu-central-1'};
const researchUs = {account: 'demo-lab', region: 'us-east-1'};

const machines: readonly InstanceRow[] = [
	{...prod, name: 'web-1', type: 'm7g.large', days: 212, diskGb: 30, address: '192.0.2.11', owner: 'katherine', team: 'platform'},
	{...prod, name: 'web-2', type: 'm7g.large', days: 212, diskGb: 30, address: '192.0.2.12', owner: 'katherine', team: 'platform'},
	{...prod, name: 'queue', type: 'c7i.2xlarge', days: 41, diskGb: 50, owner: 'alan', team: 'platform'},
	{...prod, name: 'nightly-etl', type: 'r6i.4xlarge', days: 3, diskGb: 200, isSpot: true, owner: 'grace', team: 'data'},
	{...prod, name: 'old-wiki', type: 't2.medium', days: 1460, diskGb: 100, state: 'stopped', owner: 'alan', team: 'platform'},
	{...prod, name: 'licence-server', type: 'm5.large', days: 610, diskGb: 80, platform: 'Windows', owner: 'emmy', team: 'office'},
	{...prodEu, name: 'web-eu-1', type: 'm7g.large', days: 96, diskGb: 30, address: '192.0.2.31', owner: 'katherine', team: 'platform'},
	{...prodEu, name: 'bastion', type: 't4g.nano', days: 401, diskGb: 8, address: '192.0.2.30', owner: 'alan', team: 'platform'},
	{...research, name: 'notebook-ada', type: 'r7i.2xlarge', days: 12, diskGb: 120, state: 'hibernated', owner: 'ada', team: 'genomics'},
	{...research, name: 'train-17', type: 'g5.12xlarge', days: 1.3, diskGb: 500, isSpot: true, owner: 'rosalind', team: 'vision'},
	{...research, name: 'annotate', type: 'g6.xlarge', days: 6, diskGb: 150, address: '192.0.2.51', owner: 'rosalind', team: 'vision'},
	{...research, name: 'climate-sim', type: 'c7i.16xlarge', days: 0.002, diskGb: 100, state: 'pending', owner: 'emmy', team: 'climate'},
	{
		...researchUs,
		name: 'benchmark-2025',
		type: 'm8g.48xlarge',
		days: 300,
		diskGb: 1000,
		state: 'stopped',
		owner: 'barbara',
		team: 'physics',
	},
	{...researchUs, name: 'prototype', type: 'x9z.large', days: 4, diskGb: 40, owner: 'barbara', team: 'physics'},
];

const loose = [
	{...prod, name: 'wiki-before-upgrade', gb: 500, kind: 'gp2', days: 900},
	{...research, name: 'samples-2024', gb: 2000, kind: 'st1', days: 420},
	{...research, name: undefined, gb: 100, kind: 'gp3', days: 61},
] as const;

const stores = [
	{
		...prod,
		name: 'orders',
		type: 'db.r6g.large',
		engine: 'postgres',
		version: '16.3',
		gb: 400,
		isTwofold: true,
		status: 'available',
		days: 500,
	},
	{...prod, name: 'staging', type: 'db.t4g.medium', engine: 'postgres', version: '16.3', gb: 50, status: 'stopped', days: 130},
	{...research, name: 'samples', type: 'db.m6g.xlarge', engine: 'mysql', version: '8.0.39', gb: 200, status: 'available', days: 250},
	{
		...research,
		name: 'shard-1',
		type: 'db.r7g.large',
		engine: 'aurora-postgresql',
		version: '16.2',
		gb: 1,
		cluster: 'shards',
		status: 'available',
		days: 77,
	},
] as const;

const states = {running: 'running', stopped: 'stopped', hibernated: 'stopped', pending: 'pending'} as const;

// Two digits for the index: an id has seventeen.
const idOf = (kind: string, index: number): string => `${kind}-0de30${index}a5c3f2b19d`;

/** The recording with its ages counted back from now; everything else is the same each time. */
export function createFleet(now: number): Fleet {
	const before = (days: number) => new Date(Math.round(now - days * dayMs));
	const tagsOf = (tags: Readonly<Record<string, string | undefined>>) =>
		Object.entries(tags).flatMap(([Key, Value]) => (Value === undefined ? [] : [{Key, Value}]));
	const instances = machines.map(({account, region, ...row}, index) => {
		const isSleeping = row.state === 'hibernated';
		const instance: Instance = {
			InstanceId: idOf('i', index + 10),
			InstanceType: row.type as NonNullable<Instance['InstanceType']>,
			State: {Name: states[row.state ?? 'running']},
			...(isSleeping && {StateReason: {Code: 'Client.UserInitiatedHibernate'}}),
			LaunchTime: before(row.days),
			Placement: {AvailabilityZone: `${region}a`, Tenancy: 'default'},
			PlatformDetails: row.platform ?? 'Linux/UNIX',
			Architecture: /^[a-z]+\d[a-z]*g/.test(row.type) && !row.type.startsWith('g') ? 'arm64' : 'x86_64',
			...(row.isSpot && {InstanceLifecycle: 'spot'}),
			HibernationOptions: {Configured: isSleeping},
			PrivateIpAddress: `10.0.${region === 'us-east-1' ? 1 : 2}.${index + 10}`,
			...(row.address !== undefined && {PublicIpAddress: row.address}),
			KeyName: row.owner,
			ImageId: 'ami-0a1b2c3d4e5f60718',
			VpcId: 'vpc-0a1b2c3d4e5f60718',
			BlockDeviceMappings: [{DeviceName: '/dev/xvda', Ebs: {VolumeId: idOf('vol', index + 10), DeleteOnTermination: true}}],
			Tags: tagsOf({Name: row.name, team: row.team, owner: row.owner, env: account === 'demo-prod' ? 'prod' : 'lab'}),
		};
		return {account, region, instance};
	});
	const roots = machines.map(({account, region, diskGb, name, days}, index) => ({
		account,
		region,
		volume: {
			VolumeId: idOf('vol', index + 10),
			Size: diskGb,
			VolumeType: 'gp3',
			State: 'in-use',
			CreateTime: before(days),
			AvailabilityZone: `${region}a`,
			Encrypted: true,
			Attachments: [{InstanceId: idOf('i', index + 10), Device: '/dev/xvda', State: 'attached', DeleteOnTermination: true}],
			Tags: tagsOf({Name: `${name}-root`}),
		} satisfies Volume,
	}));
	const orphans = loose.map(({account, region, name, gb, kind, days}, index) => ({
		account,
		region,
		volume: {
			VolumeId: idOf('vol', index + 70),
			Size: gb,
			VolumeType: kind,
			State: 'available',
			CreateTime: before(days),
			AvailabilityZone: `${region}b`,
			Encrypted: false,
			Tags: tagsOf({Name: name}),
		} satisfies Volume,
	}));
	const databases = stores.map(({account, region, ...row}) => ({
		account,
		region,
		database: {
			DBInstanceIdentifier: row.name,
			DBInstanceClass: row.type,
			DBInstanceStatus: row.status,
			Engine: row.engine,
			EngineVersion: row.version,
			AllocatedStorage: row.gb,
			StorageType: 'gp3',
			MultiAZ: 'isTwofold' in row,
			...('cluster' in row && {DBClusterIdentifier: row.cluster}),
			InstanceCreateTime: before(row.days),
			AvailabilityZone: `${region}a`,
			Endpoint: {Address: `${row.name}.demo.${region}.rds.example.com`, Port: row.engine === 'mysql' ? 3306 : 5432},
			DeletionProtection: row.name === 'orders',
			TagList: [{Key: 'env', Value: account === 'demo-prod' ? 'prod' : 'lab'}],
		} satisfies DBInstance,
	}));
	return {instances, volumes: [...roots, ...orphans], databases};
}

/** Dollars an hour of the types that run as spot instances, as they were recorded. */
export const demoSpotPrices: Readonly<Record<string, string>> = {'r6i.4xlarge': '0.3987', 'g5.12xlarge': '2.4391'};
