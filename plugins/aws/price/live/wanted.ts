import {type CostComponent} from 'cws/sdk';
import {computeComponent, databaseComponent, type DatabaseFacts} from '../price-book.ts';

/** A product of the price list. */
export type Wanted = {
	/** What it is kept under, unique in a region. */
	readonly key: string;
	readonly service: 'AmazonEC2' | 'AmazonRDS';
	/** What it is called there, besides the region. */
	readonly attributes: Readonly<Record<string, string>>;
	/** Dollars an hour as far as the table knows, to tell nonsense by. */
	readonly bundled?: number;
};

const linux = {
	operatingSystem: 'Linux',
	tenancy: 'Shared',
	preInstalledSw: 'NA',
	capacitystatus: 'Used',
	licenseModel: 'No License required',
};

/** A plain Linux machine. */
export const machine = (type: string, region: string): Wanted => ({
	key: type,
	service: 'AmazonEC2',
	attributes: {...linux, instanceType: type},
	...dollarsOf(computeComponent(type, region)),
});

const engines: Readonly<Record<string, string>> = {postgres: 'PostgreSQL', mysql: 'MySQL', mariadb: 'MariaDB'};

export const databaseKey = ({type, engine, isTwofold}: DatabaseFacts): string => `${type}/${engine}/${isTwofold ? 2 : 1}`;

/** A database of an engine without a licence; undefined for the others, whose prices depend on more than the list is asked for. */
export function database(facts: DatabaseFacts, region: string): Wanted | undefined {
	const {type, engine, isTwofold} = facts;
	return !Object.hasOwn(engines, engine)
		? undefined
		: {
				key: databaseKey(facts),
				service: 'AmazonRDS',
				attributes: {instanceType: type, databaseEngine: engines[engine]!, deploymentOption: isTwofold ? 'Multi-AZ' : 'Single-AZ'},
				...dollarsOf(databaseComponent(facts, region)),
			};
}

const dollarsOf = ({hourly}: CostComponent): {readonly bundled?: number} => (hourly.kind === 'known' ? {bundled: hourly.nanos / 1e9} : {});
