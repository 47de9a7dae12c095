import assert from 'node:assert/strict';
import {test} from 'node:test';
import {tellSuspects} from '../../../source/host/transport/tell-suspects.ts';
import {type TransportStats} from '../../../source/host/transport/transport.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';
import {createFakeTransport} from '../fake-transport.ts';

const setup = {id: 'bomber', generation: 1, main: '', hardHeapMb: 4096};
const mib = 1024 * 1024;

function watched() {
	const fake = createFakeTransport();
	const clock = createFakeClock();
	const names = new Set<string>();
	let resident = 100 * mib;
	const transport = tellSuspects(() => fake.transport, {
		book: {add: name => names.add(name), remove: name => names.delete(name)},
		clock,
		residentBytes: () => resident,
	})(setup);
	return {
		transport,
		clock,
		book: () => [...names],
		grow(megabytes: number) {
			resident += megabytes * mib;
		},
		answerStats: fake.answerStats,
	};
}

test('who is silent while this process grows is written down until it answers', async () => {
	const {transport, clock, book, grow, answerStats} = watched();
	const answer = Promise.withResolvers<TransportStats>();
	answerStats(() => answer.promise);
	const stats = transport.stats();
	grow(100);
	await clock.advance(100);
	assert.deepEqual(book(), [], 'not so much');
	grow(100);
	await clock.advance(100);
	assert.deepEqual(book(), ['bomber']);
	answer.resolve({memoryBytes: 1, cpuMicros: 1});
	assert.deepEqual(await stats, {memoryBytes: 1, cpuMicros: 1});
	assert.deepEqual(book(), []);
	assert.equal(clock.pending(), 0);
});

test('who is ended is taken out when it has ended, and its silence is watched no more', async () => {
	const {transport, clock, book, grow, answerStats} = watched();
	answerStats(() => new Promise(() => {}));
	void transport.stats();
	grow(500);
	await clock.advance(100);
	const killed = transport.kill();
	assert.deepEqual(book(), ['bomber']);
	await killed;
	assert.deepEqual(book(), []);
	await clock.advance(200);
	assert.equal(clock.pending(), 0);
});

test('growth of others is nobody’s who answers', async () => {
	const {transport, clock, book, grow} = watched();
	await transport.stats();
	grow(500);
	await clock.advance(1000);
	assert.deepEqual(book(), []);
});
