import {type PluginContext} from 'cws/sdk';
import {type Accounts, findAccounts} from './access/accounts.ts';
import {createIdentities, type Identities} from './access/identity.ts';
import {type Clients, createClients} from './clients/clients.ts';
import {type AwsConfig, type World} from './config.ts';
import {demoAccounts, demoNames, demoRegions} from './demo/accounts.ts';
import {createDemoClients} from './demo/clients.ts';
import {createSpotPrices, type SpotPrices} from './price/spot.ts';
import {createDisks, type Disks} from './volume/disks.ts';

/** What every call works with; there is none before `initialize`. */
export type AwsState = {
	readonly config: AwsConfig;
	readonly world: World;
	readonly log: PluginContext['log'];
	readonly clients: Clients;
	readonly identities: Identities;
	/** The ways into AWS as they are now: the files are small and read each time, so a new profile or login is seen at once. */
	readonly accounts: () => Promise<Accounts>;
	readonly disks: Disks;
	readonly spotPrices: SpotPrices;
	/** Cancelled launches that are being taken back, by their token. */
	readonly undoing: Map<string, AbortController>;
	/** Regions of an account that were asked for once. */
	readonly regions: Map<string, readonly string[]>;
};

export function createState({config: own, world, log}: Pick<AwsState, 'config' | 'world' | 'log'>): AwsState {
	const isDemo = own.demo === true;
	const config = isDemo ? {...own, regions: demoRegions, accountNames: demoNames} : own;
	const clients = isDemo ? createDemoClients(world.now) : createClients();
	return {
		config,
		world,
		log,
		clients,
		identities: createIdentities(clients, config),
		accounts: async () => (isDemo ? demoAccounts : findAccounts(config, world)),
		disks: createDisks(world.now),
		spotPrices: createSpotPrices(clients, world.now),
		undoing: new Map(),
		regions: new Map(),
	};
}
