import {type Answer} from './probe.ts';

export type Remembered = Answer & {readonly at: number; /** In a row. */ readonly failures: number};

const firstWaitMs = 15_000;
const longestWaitMs = 120_000;
// A server bans those who knock too often with the wrong key.
const loginWaitMs = 300_000;

/** Whether a machine is asked again in a poll; one that answered always is. */
export function isDue(answer: Remembered | undefined, now: number, isWarm: boolean): boolean {
	if (answer === undefined || !('trouble' in answer) || isWarm) {
		return true;
	}

	const {kind} = answer.trouble;
	const wait =
		kind === 'needs login' || kind === 'host key'
			? loginWaitMs
			: Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(10, Math.max(0, answer.failures - 1)));
	// A little early is in time: polls do not come to the millisecond.
	return now - answer.at >= wait - 1000;
}

export const remember = (answer: Answer, before: Remembered | undefined, at: number): Remembered => ({
	...answer,
	at,
	failures: 'trouble' in answer ? (before?.failures ?? 0) + 1 : 0,
});
