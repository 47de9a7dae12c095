import {type Health, type HealthCheck} from 'cws/sdk';
import {type Machine} from './hosts/machines.ts';
import {type SshState} from './state.ts';

/** Whether ssh is there, and how the machines answered when they were last looked at. It dials none. */
export async function checkHealth(state: SshState, signal: AbortSignal): Promise<Health> {
	const machines = await state.machines.all(signal);
	if (machines.length === 0) {
		return {status: 'pass', output: 'no machine in ~/.ssh/config or the configuration'};
	}

	const version = await state.run({arguments: ['-V'], signal, timeoutMs: 5000});
	const asked = machines.filter(({isProbed}) => isProbed);
	const troubled = asked.flatMap(({name}) => {
		const answer = state.answers.get(name);
		return answer !== undefined && 'trouble' in answer ? [{name, ...answer.trouble}] : [];
	});
	const logins = troubled.filter(({kind}) => kind === 'needs login' || kind === 'host key');
	const checks: readonly HealthCheck[] = [
		{name: 'ssh', status: 'pass', output: version.stderr.trim().split(',')[0] ?? 'ssh'},
		...troubled.map(({name, reason, kind}): HealthCheck => ({name, status: kind === 'unreachable' ? 'unknown' : 'warn', output: reason})),
		...answering(asked, state),
	];
	if (logins.length > 0) {
		return {
			status: 'warn',
			output: `${logins.map(({name}) => name).join(', ')}: ${logins[0]!.reason}`,
			checks,
			needsLogin: true,
			...(logins[0]!.fix !== undefined && {fix: logins[0]!.fix}),
		};
	}

	const failed = troubled.filter(({kind}) => kind === 'failed');
	if (failed.length > 0) {
		return {status: 'warn', output: `${failed.map(({name}) => name).join(', ')}: ${failed[0]!.reason}`, checks};
	}

	return {status: 'pass', output: wordsOf(machines.length, asked.length, troubled.length), checks};
}

/** Machines that let us in, with the time their answer took. */
function answering(asked: readonly Machine[], {answers}: SshState): readonly HealthCheck[] {
	return asked.flatMap(({name}): readonly HealthCheck[] => {
		const answer = answers.get(name);
		return answer !== undefined && 'probe' in answer
			? [
					{
						name,
						status: 'pass',
						output: `lets you in, answers in ${answer.latencyMs} ms`,
						observedValue: answer.latencyMs,
						observedUnit: 'ms',
					},
				]
			: [];
	});
}

function wordsOf(all: number, asked: number, silent: number): string {
	const dark = all - asked;
	return [
		...(asked > 0 ? [`${asked - silent} of ${asked} answer`] : []),
		...(dark > 0 ? [`${dark} not looked at (\`cws config set plugins.ssh.probe all\` does)`] : []),
	].join(' · ');
}
