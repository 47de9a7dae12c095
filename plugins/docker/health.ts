import {FailureError, type Health, type HealthCheck} from 'cws/sdk';
import {type DockerClient} from './client/create-client.ts';
import {engineName} from './client/engine.ts';
import {isInstalled} from './installed.ts';
import {type DockerContext} from './context.ts';
import {type DockerState} from './state.ts';

const dayMs = 86_400_000;
const certificateDays = 14;

/** Every endpoint with its version and how long it takes to answer. A machine without Docker is well: it just has none. */
export async function checkHealth({context, endpoints}: DockerState, signal: AbortSignal): Promise<Health> {
	const clients = endpoints.all();
	const broken = endpoints.broken();
	if (clients.length === 0 && broken.length === 0) {
		return {status: 'pass', output: noneFound(context)};
	}

	const answers = await Promise.all(clients.map(async client => checkEndpoint(client, signal)));
	const checks: readonly HealthCheck[] = [
		...answers.flatMap(({checks}) => checks),
		...broken.map(({account, reason}) => ({name: account, status: 'warn' as const, output: reason})),
	];
	const bad = checks.filter(({status}) => status !== 'pass');
	const isAllSilent = answers.length > 0 && answers.every(({isSilent}) => isSilent);
	// A socket nobody asked for may be silent for good reasons.
	const isFailure = isAllSilent && clients.some(({endpoint, lastEngine}) => endpoint.isAskedFor || lastEngine() !== undefined);
	const fix = answers.find(answer => answer.fix !== undefined)?.fix ?? broken[0]?.fix;
	return {
		status: bad.length === 0 ? 'pass' : isFailure ? 'fail' : 'warn',
		output: (bad.length === 0 ? checks : bad).map(({name, output}) => `${name}: ${output}`).join(' · '),
		checks,
		...(bad.length > 0 && fix !== undefined && {fix}),
		...(answers.some(({needsLogin}) => needsLogin) && {needsLogin: true}),
	};
}

type Answer = {
	readonly checks: readonly HealthCheck[];
	readonly isSilent: boolean;
	readonly fix?: string;
	readonly needsLogin?: boolean;
};

async function checkEndpoint(client: DockerClient, signal: AbortSignal): Promise<Answer> {
	const {account, address} = client.endpoint;
	try {
		const ms = await client.ping(signal);
		const engine = await client.engine(signal);
		const text = ms < 10 ? ms.toFixed(1) : String(Math.round(ms));
		return {
			checks: [
				{
					name: account,
					status: 'pass',
					output: `${engineName(engine)}, API ${engine.apiVersion}, ${text} ms`,
					observedValue: Math.round(ms * 10) / 10,
					observedUnit: 'ms',
				},
				...(address.kind === 'tcp' && address.tls !== undefined ? await checkCertificate(account, address.tls) : []),
			],
			isSilent: false,
		};
	} catch (error) {
		if (!(error instanceof FailureError)) {
			throw error;
		}

		const {cause, message, fix, code} = error.failure;
		return {
			checks: [{name: account, status: 'warn', output: cause ?? message}],
			isSilent: true,
			...(fix !== undefined && {fix}),
			needsLogin: code === 'CWS_NEEDS_LOGIN',
		};
	}
}

async function checkCertificate(
	account: string,
	tls: {readonly directory?: string; readonly isVerified: boolean},
): Promise<readonly HealthCheck[]> {
	const {certificateExpiry} = await import('./client/tls.ts');
	const expiry = certificateExpiry(tls);
	const days = expiry === undefined ? Number.POSITIVE_INFINITY : Math.floor((expiry - Date.now()) / dayMs);
	return days > certificateDays
		? []
		: [{name: `${account} certificate`, status: 'warn', output: days < 0 ? 'it has expired' : `it expires in ${days} d`}];
}

function noneFound({world, config}: DockerContext): string {
	if (!config.discover) {
		return 'no Docker or Podman is configured';
	}

	return isInstalled('podman', world) && !isInstalled('dockerd', world)
		? 'Podman is installed, its API is off: `systemctl --user enable --now podman.socket`'
		: 'no Docker or Podman was found on this machine';
}
