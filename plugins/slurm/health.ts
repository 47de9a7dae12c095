import {FailureError, formatElapsed, type Health, type HealthCheck} from 'cws/sdk';
import {type Cluster} from './cluster/cluster.ts';
import {type SlurmState} from './state.ts';

const expiryWarnMs = 30 * 60_000;
const freshMs = 15_000;

type Answer = {readonly checks: readonly HealthCheck[]; readonly fix?: string; readonly needsLogin?: boolean; readonly isDown?: boolean};

/** Every cluster with how long it takes to answer. A machine without Slurm is well: it just has none. */
export async function checkHealth({clusters, config}: SlurmState, signal: AbortSignal): Promise<Health> {
	if (clusters.length === 0) {
		return {status: 'pass', output: config.discover ? 'no Slurm was found on this machine' : 'no cluster is configured'};
	}

	const answers = await Promise.all(clusters.map(async cluster => checkCluster(cluster, config.slowMs, signal)));
	const checks = answers.flatMap(answer => answer.checks);
	const bad = checks.filter(({status}) => status !== 'pass');
	const worst = answers.find(({fix}) => fix !== undefined);
	return {
		status: bad.length === 0 ? 'pass' : answers.every(({isDown}) => isDown) ? 'fail' : 'warn',
		output: (bad.length === 0 ? checks : bad).map(({name, output}) => `${name}: ${output}`).join(' · '),
		checks,
		...(bad.length > 0 && worst?.fix !== undefined && {fix: worst.fix}),
		...(answers.some(({needsLogin}) => needsLogin) && {needsLogin: true}),
	};
}

async function checkCluster(cluster: Cluster, slowMs: number, signal: AbortSignal): Promise<Answer> {
	const {name, client, reader, isNamed} = cluster;
	try {
		const ms = await latency(cluster, signal);
		const isSlow = ms > slowMs;
		const check: HealthCheck = {
			name,
			status: isSlow ? 'warn' : 'pass',
			output: `${client.describe()}, ${isSlow ? 'slow: ' : ''}${formatElapsed(ms)}`,
			observedValue: Math.round(ms),
			observedUnit: 'ms',
		};
		return {
			checks: [check, ...tokenCheck(cluster)],
			...(isSlow && {fix: 'slurmctld is busy (`sdiag`); raise `plugins.slurm.querySeconds` to ask it less often'}),
		};
	} catch (error) {
		if (!(error instanceof FailureError)) {
			throw error;
		}

		const {cause, message, fix, code} = error.failure;
		// The commands may lie about on a machine that belongs to no cluster: nobody asked for one.
		const isQuiet = !isNamed && reader.last() === undefined && /configuration|Could not establish|could not resolve/i.test(cause ?? '');
		return isQuiet
			? {checks: [{name, status: 'pass', output: 'the commands of Slurm are here, and no cluster is set up for them'}]}
			: {
					checks: [{name, status: 'fail', output: cause ?? message}],
					isDown: true,
					...(fix !== undefined && {fix}),
					needsLogin: code === 'CWS_NEEDS_LOGIN',
				};
	}
}

/** Of the last list where that is recent, so that nobody asks slurmctld only to know how it is. */
async function latency({client, reader}: Cluster, signal: AbortSignal): Promise<number> {
	const last = reader.last();
	if (last !== undefined && performance.now() - last.at < freshMs && !reader.isFailing()) {
		return last.tookMs;
	}

	const begin = performance.now();
	await client.ping(signal);
	return performance.now() - begin;
}

function tokenCheck({name, client}: Cluster): readonly HealthCheck[] {
	const expiresAt = client.expiresAt?.();
	const left = expiresAt === undefined ? Number.POSITIVE_INFINITY : expiresAt - Date.now();
	return left > expiryWarnMs
		? []
		: [{name: `${name} token`, status: 'warn', output: left <= 0 ? 'it has expired' : `it expires in ${Math.ceil(left / 60_000)} min`}];
}
