import {AwsError, type Call} from './call.ts';
import {type CloudForTest} from './cloud.ts';
import {type Action} from './query-actions.ts';
import {type Xml} from './xml.ts';

/** What RDS answers. */
export const databaseActions: Readonly<Record<string, Action>> = {
	'rds:DescribeDBInstances'(cloud, {params, region}) {
		const id = params.get('DBInstanceIdentifier');
		const found = cloud.databases.filter(database => database.region === region && (id === null || id === database.id));
		if (id !== null && found.length === 0) {
			throw new AwsError('DBInstanceNotFound', `DBInstance ${id} not found.`, 404);
		}

		const first = Number(params.get('Marker') ?? 0);
		const size = Math.min(cloud.pageSize, Number(params.get('MaxRecords') ?? 100));
		return {
			...(first + size < found.length && {Marker: String(first + size)}),
			...databasesXml(found.slice(first, first + size)),
		};
	},
	'rds:StartDBInstance': (cloud, call) => databaseTurn(cloud, call, 'stopped', 'starting'),
	'rds:StopDBInstance': (cloud, call) => databaseTurn(cloud, call, 'available', 'stopping'),
	'rds:RebootDBInstance': (cloud, call) => databaseTurn(cloud, call, 'available', 'rebooting'),
};

const databaseXml = ({id, type, engine, gb, isTwofold, cluster, state, region}: CloudForTest['databases'][number]): Xml => ({
	DBInstanceIdentifier: id,
	DBInstanceClass: type,
	DBInstanceStatus: state,
	Engine: engine,
	EngineVersion: '16.3',
	AllocatedStorage: gb,
	StorageType: 'gp3',
	MultiAZ: isTwofold === true,
	...(cluster && {DBClusterIdentifier: cluster}),
	DBInstanceArn: `arn:aws:rds:${region}:111122223333:db:${id}`,
	Endpoint: {Address: `${id}.x.${region}.rds.amazonaws.com`, Port: 5432},
});

const databasesXml = (databases: CloudForTest['databases']): {readonly DBInstances: Xml} => ({
	DBInstances: databases.map(database => databaseXml(database)),
});

function databaseTurn(cloud: CloudForTest, {params, region}: Call, from: string, to: string): Xml {
	const id = params.get('DBInstanceIdentifier');
	const database = cloud.databases.find(one => one.id === id && one.region === region);
	if (database === undefined) {
		throw new AwsError('DBInstanceNotFound', `DBInstance ${id} not found.`, 404);
	}

	if (database.state !== from) {
		throw new AwsError('InvalidDBInstanceState', `Instance ${id} is not in ${from} state.`);
	}

	database.state = to;
	return {DBInstance: databaseXml(database)};
}
