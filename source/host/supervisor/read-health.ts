import {type Health, type HealthCheck, type HealthStatus} from '../../core/health.ts';

const statuses: ReadonlySet<unknown> = new Set<HealthStatus>(['pass', 'warn', 'fail', 'unknown']);

/** Health as a plugin gave it; what has the wrong type is left out. */
export function readHealth(value: unknown): Health {
	const {status, output, checks, fix, needsLogin} = recordOf(value);
	return {
		status: statusOf(status),
		...(typeof output === 'string' ? {output} : !statuses.has(status) && {output: 'The plugin gave no health.'}),
		...(Array.isArray(checks) && {checks: checks.map(readCheck).filter(check => check !== undefined)}),
		...(typeof fix === 'string' && {fix}),
		...(typeof needsLogin === 'boolean' && {needsLogin}),
	};
}

function readCheck(value: unknown): HealthCheck | undefined {
	const {name, status, output, observedValue, observedUnit} = recordOf(value);
	return typeof name === 'string'
		? {
				name,
				status: statusOf(status),
				...(typeof output === 'string' && {output}),
				...((typeof observedValue === 'string' || typeof observedValue === 'number') && {observedValue}),
				...(typeof observedUnit === 'string' && {observedUnit}),
			}
		: undefined;
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

const statusOf = (value: unknown): HealthStatus => (statuses.has(value) ? (value as HealthStatus) : 'unknown');
