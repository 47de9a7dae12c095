import {type DBInstance} from '@aws-sdk/client-rds';
import {type ProviderResource, type ResourceOperation, type ResourceStatus} from 'cws/sdk';
import {type Part} from '../access/parts.ts';
import {estimateOf} from '../price/estimate.ts';
import {type LivePrice} from '../price/live/live-prices.ts';
import {databaseComponent, type DatabaseFacts, databaseStorageComponent} from '../price/price-book.ts';

export const databaseId = /^[a-z][a-z0-9-]{0,62}$/;

/** What is known of a database from elsewhere. */
export type KnownOfDatabase = {
	readonly aliasOf: (accountId: string | undefined) => string | undefined;
	readonly listOf: (facts: DatabaseFacts) => LivePrice | undefined;
};

/** What decides the price of its instances. */
export const factsOf = ({DBInstanceClass: type = '', Engine: engine = '', MultiAZ}: DBInstance): DatabaseFacts => ({
	type,
	engine,
	isTwofold: MultiAZ === true,
});

/** A database as the list shows it; undefined when AWS answered something that cannot be one. */
export function toDatabase(
	database: DBInstance,
	{account, region}: Part,
	{aliasOf, listOf}: KnownOfDatabase,
): ProviderResource | undefined {
	const {DBInstanceIdentifier: id, DBInstanceStatus: raw = 'unknown', DBInstanceClass: type = '', Engine: engine = ''} = database;
	if (id === undefined || !databaseId.test(id)) {
		return undefined;
	}

	const status = statuses[raw] ?? (raw.startsWith('incompatible-') || raw.startsWith('inaccessible-') ? 'failed' : 'unknown');
	const createdAt = database.InstanceCreateTime?.getTime();
	const owner = database.DBInstanceArn?.split(':')[4];
	const cluster = database.DBClusterIdentifier || undefined;
	const facts = factsOf(database);
	const {isTwofold} = facts;
	const endpoint = database.Endpoint;
	return {
		id,
		type: 'database',
		name: id,
		account: account.name,
		region,
		status,
		rawStatus: raw,
		...(status === 'stopped' && {statusReason: 'AWS starts it again after seven days'}),
		...(type !== '' && {size: type}),
		...(createdAt !== undefined && Number.isFinite(createdAt) && {createdAt: Math.min(createdAt, Date.now())}),
		tags: Object.fromEntries((database.TagList ?? []).flatMap(({Key, Value}) => (Key ? [[Key, Value ?? '']] : []))),
		...(endpoint?.Address !== undefined && {
			endpoints: [{label: engine, address: `${endpoint.Address}:${endpoint.Port ?? ''}`.replace(/:$/, '')}],
		}),
		cost: estimateOf(
			[
				databaseComponent(facts, region, listOf(facts)),
				...(cluster === undefined
					? [databaseStorageComponent(database.AllocatedStorage ?? 0, database.StorageType ?? '', isTwofold, region)]
					: []),
			],
			['backups', 'traffic', ...(cluster === undefined ? [] : ['the storage of its cluster'])],
		),
		disabled: disabledIn(status, cluster),
		meta: Object.fromEntries(
			Object.entries({
				accountId: owner,
				accountAlias: aliasOf(owner),
				engine: `${engine} ${database.EngineVersion ?? ''}`.trim(),
				zone: database.AvailabilityZone,
				isTwofold,
				storageGb: database.AllocatedStorage,
				storageType: database.StorageType,
				cluster,
				isProtected: database.DeletionProtection,
				isPublic: database.PubliclyAccessible,
			}).filter(([, value]) => value !== undefined && value !== ''),
		),
	};
}

const statuses: Readonly<Record<string, ResourceStatus>> = {
	available: 'running',
	'backing-up': 'running',
	'storage-optimization': 'running',
	'storage-full': 'failed',
	modifying: 'running',
	maintenance: 'running',
	upgrading: 'running',
	renaming: 'running',
	rebooting: 'running',
	'configuring-enhanced-monitoring': 'running',
	'configuring-iam-database-auth': 'running',
	'configuring-log-exports': 'running',
	creating: 'creating',
	starting: 'pending',
	stopping: 'stopping',
	stopped: 'stopped',
	deleting: 'deleting',
	failed: 'failed',
	'restore-error': 'failed',
};

function disabledIn(status: ResourceStatus, cluster: string | undefined): Readonly<Partial<Record<ResourceOperation, string>>> {
	if (cluster !== undefined) {
		const reason = `it belongs to the cluster ${cluster}, which starts and stops as a whole`;
		return {start: reason, stop: reason};
	}

	return status === 'running'
		? {start: 'it is running'}
		: status === 'stopped'
			? {stop: 'it is stopped', restart: 'it is stopped; start it'}
			: {start: `it is ${status}`, stop: `it is ${status}`, restart: `it is ${status}`};
}
