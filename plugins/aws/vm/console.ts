import {setTimeout as sleep} from 'node:timers/promises';
import {type CallContext, FailureError, type LogLine, type LogOptions, type ResourceTarget} from 'cws/sdk';
import {ask} from '../clients/ask.ts';
import {type AwsState} from '../state.ts';
import {type FoundVm, needVm} from './read.ts';

const askAgainMs = 15_000;

/** What the machine wrote on its console. Followed, it is asked for every 15 s, because EC2 pushes nothing. */
export async function* readConsole(
	state: AwsState,
	target: ResourceTarget,
	{follow, tail}: LogOptions,
	{signal}: CallContext,
): AsyncGenerator<readonly LogLine[]> {
	const found = await needVm(state, target, signal);
	let lines = await consoleOf(state, found, target, signal);
	const first = lines.slice(Math.max(0, lines.length - tail));
	yield first.length > 0
		? first.map(text => ({stream: 'stdout', text}))
		: [{stream: 'system', text: 'its console is empty yet; EC2 shows it a few minutes after the start'}];
	if (!follow) {
		return;
	}

	for (;;) {
		await sleep(askAgainMs, undefined, {signal});
		const now = await consoleOf(state, found, target, signal);
		const added = newLines(lines, now);
		lines = now;
		if (added.length > 0) {
			yield added.map(text => ({stream: 'stdout', text}));
		}
	}
}

/** What came since: EC2 keeps the last 64 KB, so the old beginning may be gone. */
export function newLines(before: readonly string[], now: readonly string[]): readonly string[] {
	if (before.every((line, index) => line === now[index])) {
		return now.slice(before.length);
	}

	const last = before.at(-1);
	for (let end = now.length; end > 0; end--) {
		const length = Math.min(end, before.length, 20);
		if (now[end - 1] === last && before.slice(-length).every((line, index) => line === now[end - length + index])) {
			return now.slice(end);
		}
	}

	return now;
}

async function consoleOf(state: AwsState, {part: {account, region}}: FoundVm, target: ResourceTarget, signal: AbortSignal) {
	const {GetConsoleOutputCommand} = await import('../clients/ec2.ts');
	const output = async (latest: boolean) =>
		ask({account, region, doing: `read the console of \`${target.name}\``}, signal, async () =>
			(await state.clients.ec2(account, region)).send(new GetConsoleOutputCommand({InstanceId: target.id, ...(latest && {Latest: true})}), {
				abortSignal: signal,
			}),
		);
	let answer;
	try {
		answer = await output(true);
	} catch (error) {
		// Older machines only have what was kept from the start.
		if (!(error instanceof FailureError) || error.failure.code !== 'CWS_NOT_SUPPORTED') {
			throw error;
		}

		answer = await output(false);
	}

	const text = Buffer.from(answer.Output ?? '', 'base64').toString('utf8');
	return text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
}
