import {type Cluster, createCluster} from '../cluster/cluster.ts';
import {type Rates, type SlurmConfig, type World} from '../config.ts';
import {createDemoClient} from './demo-client.ts';
import {alpha} from './alpha.ts';
import {beta} from './beta.ts';

const demoFleets = {alpha, beta};

// So that one has prices and the other none.
const demoRates: Readonly<Record<string, Rates>> = {alpha: {corePerHour: 0.012, gbPerHour: 0.002, gpuPerHour: 1.1}};

/** The clusters of the recording, as of now. */
export const createDemoClusters = (config: SlurmConfig, world: World): readonly Cluster[] =>
	Object.entries(demoFleets).map(([name, fleet]) =>
		createCluster(
			{name, config: Object.hasOwn(demoRates, name) ? demoRates[name]! : {}, way: 'commands'},
			config,
			world,
			createDemoClient(name, fleet, world.now ?? Date.now),
		),
	);
