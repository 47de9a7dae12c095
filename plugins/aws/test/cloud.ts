export type InstanceForTest = {
	readonly id: string;
	readonly region: string;
	readonly owner: string;
	type: string;
	readonly image: string;
	readonly clientToken?: string;
	readonly tags: ReadonlyMap<string, string>;
	readonly keyName?: string;
	readonly canHibernate: boolean;
	readonly isSpot: boolean;
	readonly isProtected: boolean;
	readonly publicIp?: string;
	readonly userData?: string;
	readonly volume?: string;
	readonly launchedAt: Date;
	state: string;
	/** What it becomes, and after how many more looks. */
	next?: {readonly state: string; looks: number};
	reason?: {readonly code: string; readonly message: string};
};

export type VolumeForTest = {
	readonly id: string;
	readonly region: string;
	readonly gb: number;
	readonly kind: string;
	readonly name?: string;
	attachedTo?: string;
};

export type DatabaseForTest = {
	readonly id: string;
	readonly region: string;
	readonly type: string;
	readonly engine: string;
	readonly gb: number;
	readonly isTwofold?: boolean;
	readonly cluster?: string;
	state: string;
};

/** What there is. Everything may be changed by a test. */
export type CloudForTest = {
	/** Account ids by access key. */
	readonly owners: Map<string, string>;
	readonly expired: Set<string>;
	readonly regions: string[];
	readonly instances: InstanceForTest[];
	readonly volumes: VolumeForTest[];
	readonly databases: DatabaseForTest[];
	readonly console: Map<string, string>;
	/** Dollars an hour of every type, by the letter of the zone. */
	readonly spotPrices: Map<string, string>;
	/** Dollars an hour of types in the price list, as text, by `region/type`. */
	readonly listPrices: Map<string, string>;
	/** What CloudWatch measured, newest first, by `instance/query`. */
	readonly measured: Map<string, readonly number[]>;
	/** What IAM calls the account. */
	alias?: string;
	/** After how many looks a change of state is done. */
	looks: number;
	/** How many entries a page has at most. */
	pageSize: number;
	newId: (kind: string) => string;
};

export const ownerId = '111122223333';
export const otherOwnerId = '444455556666';

export function createCloud(): CloudForTest {
	let count = 0;
	return {
		owners: new Map([
			['AKIATEST', ownerId],
			['AKIAOTHER', otherOwnerId],
			['AKIATWIN', ownerId],
		]),
		expired: new Set(['AKIAEXPIRED']),
		regions: ['us-east-1', 'eu-west-1', 'eu-central-1', 'ap-south-1'],
		instances: [],
		volumes: [],
		databases: [],
		console: new Map(),
		spotPrices: new Map(),
		listPrices: new Map(),
		measured: new Map(),
		looks: 0,
		pageSize: 1000,
		newId: kind => `${kind}-${(++count).toString(16).padStart(17, '0')}`,
	};
}

/** Puts an instance there without anybody having asked. */
export function addInstance(cloud: CloudForTest, more: Partial<InstanceForTest> = {}): InstanceForTest {
	const instance: InstanceForTest = {
		id: cloud.newId('i'),
		region: 'us-east-1',
		owner: ownerId,
		type: 't3.micro',
		image: 'ami-0123456789abcdef0',
		tags: new Map(),
		canHibernate: false,
		isSpot: false,
		isProtected: false,
		launchedAt: new Date('2026-01-02T03:04:05Z'),
		state: 'running',
		...more,
	};
	cloud.instances.push(instance);
	return instance;
}

/** One look at an instance: what was on its way comes nearer. */
export function look(instance: InstanceForTest): InstanceForTest {
	if (instance.next !== undefined && instance.next.looks-- <= 0) {
		instance.state = instance.next.state;
		delete instance.next;
	}

	return instance;
}
