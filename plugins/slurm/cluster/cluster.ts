import {type SlurmClient} from '../client/client.ts';
import {createCommands} from '../client/commands.ts';
import {createRest} from '../client/rest.ts';
import {type Rates, type SlurmConfig, type World} from '../config.ts';
import {type ClusterPlace} from './find-clusters.ts';
import {createListing} from './listed.ts';
import {createPace} from './pace.ts';
import {createReader, type Reader} from './reader.ts';

/** One cluster: the way to it, and what was read of it. */
export type Cluster = {
	readonly name: string;
	readonly client: SlurmClient;
	readonly reader: Reader;
	readonly rates: Rates;
	/** Whether somebody wrote it into the configuration. */
	readonly isNamed: boolean;
};

export function createCluster(
	place: ClusterPlace,
	config: SlurmConfig,
	world: World,
	client = place.way === 'rest' ? createRest(place, world) : createCommands(place, world),
): Cluster {
	const now = () => performance.now();
	const {corePerHour = config.corePerHour, gbPerHour = config.gbPerHour, gpuPerHour = config.gpuPerHour} = place.config;
	return {
		name: place.name,
		client,
		rates: {
			...(corePerHour !== undefined && {corePerHour}),
			...(gbPerHour !== undefined && {gbPerHour}),
			...(gpuPerHour !== undefined && {gpuPerHour}),
		},
		isNamed: Object.hasOwn(config.clusters, place.name),
		reader: createReader({
			async ask(question, signal) {
				const listing = createListing(question);
				await client.ask(question, listing.take, signal);
				return listing.done();
			},
			pace: createPace(now, config.querySeconds * 1000),
			now,
		}),
	};
}
