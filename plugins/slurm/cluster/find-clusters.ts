import {accessSync, constants, readFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {type ClusterConfig, type SlurmConfig, type World} from '../config.ts';

/** One cluster and the way to it. Its name is the account of everything on it. */
export type ClusterPlace = {
	readonly name: string;
	readonly config: ClusterConfig;
	readonly way: 'commands' | 'rest';
};

/** The clusters of the configuration, and the one that this machine belongs to. */
export function findClusters({clusters, discover}: Pick<SlurmConfig, 'clusters' | 'discover'>, {env}: World): readonly ClusterPlace[] {
	const named = Object.entries(clusters).map(([name, config]): ClusterPlace => ({
		name,
		config,
		way: config.url === undefined ? 'commands' : 'rest',
	}));
	// A name in the configuration without an address and a path only sets the rates of the cluster that is found.
	const isOnlyRates = ({config}: ClusterPlace) =>
		config.url === undefined && config.bin === undefined && config.conf === undefined && config.cluster === undefined;
	if (!discover) {
		return named;
	}

	const found = ownCluster(env);
	const others = named.filter(place => !isOnlyRates(place));
	if (found === undefined || others.some(({name}) => name === found.name)) {
		return found === undefined ? named : others;
	}

	const rates = named.find(place => isOnlyRates(place) && place.name === found.name)?.config;
	return [{...found, config: {...found.config, ...rates}}, ...others];
}

function ownCluster(env: World['env']): ClusterPlace | undefined {
	const name = clusterName(env['SLURM_CONF'] ?? '/etc/slurm/slurm.conf') ?? 'default';
	if (hasCommands(env)) {
		return {name, config: {}, way: 'commands'};
	}

	const url = env['SLURM_REST_URL'] ?? env['SLURMRESTD_URL'];
	return url !== undefined && env['SLURM_JWT'] !== undefined ? {name, config: {url, tokenEnv: 'SLURM_JWT'}, way: 'rest'} : undefined;
}

/** `squeue` alone is not enough: without a configuration it knows no cluster. */
function hasCommands(env: World['env']): boolean {
	return (env['PATH'] ?? '').split(delimiter).some(directory => directory !== '' && isExecutable(join(directory, 'squeue')));
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

function clusterName(file: string): string | undefined {
	try {
		return /^\s*ClusterName\s*=\s*([\w.-]+)/im.exec(readFileSync(file, 'utf8'))?.[1];
	} catch {
		return undefined;
	}
}
