import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createTurns} from '../../../source/host/scheduler/turns.ts';
import {defaultLimits} from '../../../source/host/limits.ts';

/** Works that go on until they are told to end, in the order they began. */
function works(most: number) {
	const inTurn = createTurns(most);
	const begun: string[] = [];
	const ends = new Map<string, () => void>();
	return {
		begun,
		ask: (name: string, signal = new AbortController().signal) =>
			inTurn(signal, async () => {
				begun.push(name);
				await new Promise<void>(resolve => ends.set(name, resolve));
				return name;
			}),
		end: (name: string) => ends.get(name)!(),
	};
}

const settle = () => new Promise(resolve => setImmediate(resolve));

test('ten tasks of all plugins run at once, the eleventh waits for a place, in the order they came', async () => {
	assert.equal(defaultLimits.tasksAtOnce, 10);
	const {ask, begun, end} = works(defaultLimits.tasksAtOnce);
	const names = Array.from({length: 13}, (_, index) => `t${index}`);
	const done = names.map(name => ask(name));
	await settle();
	assert.deepEqual(begun, names.slice(0, 10));
	end('t4');
	assert.equal(await done[4], 't4');
	await settle();
	assert.deepEqual(begun, names.slice(0, 11));
	end('t0');
	end('t1');
	await settle();
	assert.deepEqual(begun, names);
	names.forEach(name => end(name));
	assert.deepEqual(await Promise.all(done), names);
});

test('one that is cancelled while it waits leaves the queue, and its place goes to the next', async () => {
	const {ask, begun, end} = works(1);
	const first = ask('first');
	const cancelled = new AbortController();
	const waiting = ask('waiting', cancelled.signal);
	const last = ask('last');
	await settle();
	cancelled.abort();
	assert.equal(await waiting, undefined);
	end('first');
	await first;
	await settle();
	assert.deepEqual(begun, ['first', 'last']);
	end('last');
	await last;
	assert.equal(await ask('late', cancelled.signal), undefined, 'one that was cancelled before is not begun');
	const more = ask('more');
	await settle();
	end('more');
	assert.equal(await more, 'more', 'no place was lost');
});

test('a work that throws gives its place back', async () => {
	const inTurn = createTurns(1);
	const {signal} = new AbortController();
	await assert.rejects(
		inTurn(signal, async () => {
			throw new Error('no');
		}),
		/no/,
	);
	assert.equal(await inTurn(signal, async () => 'next'), 'next');
});
