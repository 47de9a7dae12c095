import {type Health, type HealthStatus} from '../../core/health.ts';
import {member, text} from './member.ts';

const words: Readonly<Record<string, HealthStatus>> = {
	pass: 'pass',
	ok: 'pass',
	up: 'pass',
	healthy: 'pass',
	running: 'pass',
	active: 'pass',
	true: 'pass',
	warn: 'warn',
	warning: 'warn',
	degraded: 'warn',
	fail: 'fail',
	error: 'fail',
	down: 'fail',
	unhealthy: 'fail',
	false: 'fail',
};

/** The health of an older plugin: an object with a status, or just its word. */
export function healthOf(answer: unknown): Health {
	const word = typeof answer === 'object' && answer !== null ? (text(answer, 'status') ?? member(answer, 'healthy')) : answer;
	const output = text(answer, 'output') ?? text(answer, 'message');
	const details = member(answer, 'details');
	return {
		status: words[String(word).toLowerCase()] ?? 'unknown',
		...(output !== undefined && {output}),
		...(typeof details === 'object' &&
			details !== null && {
				checks: Object.entries(details)
					.filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
					.map(([name, value]) => ({name, status: 'unknown' as const, output: String(value)})),
			}),
	};
}
