import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {promisify} from 'node:util';

// What starting Node takes on a machine that has nothing else to do; slower ones are given more.
const calmStartMs = 60;

/**
Asserts that something is quick. Where other work holds the machine up, it gets as much longer as starting Node takes longer there
just before or just after it: what is asserted is how quick we are, not how free the machine is.
*/
export async function withinMs(limitMs: number, run: () => Promise<void>): Promise<void> {
	const before = await slowness();
	const start = performance.now();
	await run();
	const took = performance.now() - start;
	if (took >= limitMs) {
		const allowed = limitMs * Math.max(before, await slowness());
		assert.ok(took < allowed, `${Math.round(took)} ms, and ${Math.round(allowed)} ms would be quick on this machine now`);
	}
}

async function slowness(): Promise<number> {
	const start = performance.now();
	await promisify(execFile)(process.execPath, ['--eval', '0']);
	return Math.max(1, (performance.now() - start) / calmStartMs);
}
