import {providerError} from 'cws/sdk';
import {type Cluster, createCluster} from './cluster/cluster.ts';
import {findClusters} from './cluster/find-clusters.ts';
import {type SlurmConfig, type World} from './config.ts';
import {createDemoClusters} from './demo/clusters.ts';

/** What every call works with; there is none before `initialize`. */
export type SlurmState = {
	readonly config: SlurmConfig;
	readonly world: World;
	readonly clusters: readonly Cluster[];
	/** The one of an account, the first without one. */
	readonly clusterOf: (account: string | undefined) => Cluster;
	/** Those a target can be in. */
	readonly among: (account: string | undefined) => readonly Cluster[];
};

export function createState(own: SlurmConfig, world: World): SlurmState {
	const isDemo = own.demo === true;
	const config: SlurmConfig = isDemo ? {...own, jobs: 'all', querySeconds: 1, clusters: {}} : own;
	const clusters = isDemo
		? createDemoClusters(config, world)
		: findClusters(config, world).map(place => createCluster(place, config, world));
	return {
		config,
		world,
		clusters,
		clusterOf(account) {
			const cluster = account === undefined ? clusters[0] : clusters.find(({name}) => name === account);
			if (cluster === undefined) {
				throw account === undefined || clusters.length === 0 ? noCluster() : unknownCluster(account, clusters);
			}

			return cluster;
		},
		among: account => (account === undefined ? clusters : clusters.filter(({name}) => name === account)),
	};
}

const noCluster = (): Error =>
	providerError('CWS_PROVIDER_UNAVAILABLE', {
		message: 'There is no Slurm here.',
		cause: 'neither `squeue` is on the PATH nor a cluster in the configuration',
		fix: 'install the commands of Slurm, or add `[plugins.slurm.clusters.NAME]` with the `url` of slurmrestd',
	});

const unknownCluster = (account: string, clusters: readonly Cluster[]): Error =>
	providerError('CWS_INVALID_INPUT', {
		message: `There is no cluster \`${account}\`.`,
		fix: `use one of ${clusters.map(({name}) => name).join(', ')}`,
		details: {field: 'cluster'},
	});
