import assert from 'node:assert/strict';
import {test} from 'node:test';
import {lendTerminal, type LendOptions} from '../../../source/platform/terminal/lend-terminal.ts';

function setup(): {readonly options: LendOptions; readonly steps: string[]} {
	const steps: string[] = [];
	const step = (name: string) => () => {
		steps.push(name);
	};

	return {
		steps,
		options: {
			terminal: {suspendInput: async () => step('input off')(), resumeInput: step('input on')},
			guard: {disarm: step('guard off'), arm: step('guard on')},
			async suspendScreen(run) {
				steps.push('screen off');
				try {
					await run();
				} finally {
					steps.push('screen on');
				}
			},
		},
	};
}

const order = ['input off', 'screen off', 'guard off', 'borrowed', 'guard on', 'input on', 'screen on', 'input on'];

test('everything is handed over in order and taken back in order', async () => {
	const {options, steps} = setup();
	const value = await lendTerminal(options, async () => {
		steps.push('borrowed');
		return 7;
	});
	assert.equal(value, 7);
	assert.deepEqual(steps, order);
});

test('a borrower that throws gives everything back first', async () => {
	const {options, steps} = setup();
	const lent = lendTerminal(options, async () => {
		steps.push('borrowed');
		throw new Error('broken');
	});
	await assert.rejects(lent, /broken/);
	assert.deepEqual(steps, order);
});

test('a screen that cannot be suspended leaves the keyboard ours', async () => {
	const {options, steps} = setup();
	const lent = lendTerminal({...options, suspendScreen: async () => Promise.reject(new Error('suspended already'))}, async () => 7);
	await assert.rejects(lent, /suspended already/);
	assert.deepEqual(steps, ['input off', 'input on']);
});
