import path from 'node:path';
import {type PluginContext} from 'cws/sdk';
import {type Accounts, findAccounts} from './access/accounts.ts';
import {createIdentities, type Identities} from './access/identity.ts';
import {type Clients, createClients} from './clients/clients.ts';
import {type AwsConfig, type World} from './config.ts';
import {demoAccounts, demoNames, demoRegions} from './demo/accounts.ts';
import {createDemoClients, demoMeter} from './demo/clients.ts';
import {createLivePrices, type LivePrices} from './price/live/live-prices.ts';
import {createSpotPrices, type SpotPrices} from './price/spot.ts';
import {createMeter, type Meter} from './vm/metrics.ts';
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
	readonly livePrices: LivePrices;
	readonly meter: Meter;
	/** Cancelled launches that are being taken back, by their token. */
	readonly undoing: Map<string, AbortController>;
	/** Regions of an account that were asked for once. */
	readonly regions: Map<string, readonly string[]>;
};

type StateOptions = Pick<AwsState, 'config' | 'world' | 'log'> & {
	/** A directory for what may be forgotten; nothing is kept without one. */
	readonly cache?: string;
	/** See `LiveOptions`. */
	readonly delayMs?: number;
};

export function createState({config: own, world, log, cache, delayMs}: StateOptions): AwsState {
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
		livePrices: createLivePrices({
			clients,
			now: world.now,
			isOff: isDemo || config.livePrices === false,
			...(cache !== undefined && {file: path.join(cache, 'prices.json')}),
			...(config.pricingEndpoint !== undefined && {endpoint: config.pricingEndpoint}),
			...(delayMs !== undefined && {delayMs}),
		}),
		meter: isDemo ? demoMeter : createMeter(clients, {now: world.now, isOff: config.metrics === false}),
		undoing: new Map(),
		regions: new Map(),
	};
}
