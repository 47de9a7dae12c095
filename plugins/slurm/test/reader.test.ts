import assert from 'node:assert/strict';
import {test} from 'node:test';
import {setImmediate as soon} from 'node:timers/promises';
import {providerError} from 'cws/sdk';
import {createPace} from '../cluster/pace.ts';
import {createReader} from '../cluster/reader.ts';

const {signal} = new AbortController();

function world(everyMs = 5000) {
	let at = 0;
	const asked: number[] = [];
	let answer: () => Promise<unknown> = async () => ({items: [], skipped: 0});
	const now = () => at;
	const reader = createReader({
		ask: async () => {
			asked.push(at);
			return answer();
		},
		pace: createPace(now, everyMs),
		now,
	});
	return {
		reader,
		asked,
		pass(ms: number) {
			at += ms;
		},
		answerWith(next: typeof answer) {
			answer = next;
		},
	};
}

test('one question serves all who ask meanwhile, and shortly after', async () => {
	const {reader, asked, pass} = world();
	await Promise.all([reader.read('jobs', signal), reader.read('jobs', signal), reader.read('jobs', signal)]);
	pass(1500);
	await reader.read('jobs', signal);
	assert.deepEqual(asked, [0]);
});

test('whoever asks every second is answered from one question in five, after the first few', async () => {
	const {reader, asked, pass} = world();
	for (let second = 0; second < 120; second++) {
		await reader.read('jobs', signal);
		pass(1000);
	}

	assert.ok(asked.length <= 3 + 120 / 5, `${asked.length} questions`);
	const late = asked.filter(at => at > 60_000);
	assert.ok(
		late.every((at, index) => index === 0 || at - late[index - 1]! >= 5000),
		String(late),
	);
});

test('after a deed the next answer is newer than the deed, however few questions are left', async () => {
	const {reader, asked, pass} = world();
	await reader.read('jobs', signal);
	for (let deed = 0; deed < 6; deed++) {
		pass(10);
		reader.changed();
		pass(10);
		await reader.read('jobs', signal);
	}

	assert.equal(asked.length, 7);
});

test('who does not answer is left alone for a while, longer each time, and asked again by itself', async () => {
	const {reader, asked, pass, answerWith} = world(1);
	const away = providerError('CWS_PROVIDER_UNAVAILABLE', {message: 'away'});
	answerWith(async () => {
		throw away;
	});
	for (let second = 0; second < 100; second++) {
		await assert.rejects(reader.read('jobs', signal), away);
		pass(1000);
	}

	assert.ok(asked.length <= 8, `asked ${asked.length} times in 100 s`);
	assert.ok(reader.isFailing());
	answerWith(async () => ({items: [], skipped: 0}));
	pass(30_000);
	await reader.read('jobs', signal);
	assert.ok(!reader.isFailing());
});

test('a question nobody waits for any more is given up, and one that somebody waits for is not', async () => {
	let given: AbortSignal | undefined;
	let answer: (value: unknown) => void = () => undefined;
	const now = () => 0;
	const reader = createReader({
		ask: async (_question, own) => {
			given = own;
			return new Promise(resolve => {
				answer = resolve;
			});
		},
		pace: createPace(now, 5000),
		now,
	});
	const [first, second] = [new AbortController(), new AbortController()];
	const reading = [reader.read('jobs', first.signal), reader.read('jobs', second.signal)];
	const ended = Promise.allSettled(reading);
	await soon();
	first.abort();
	await soon();
	assert.equal(given?.aborted, false);
	second.abort();
	await soon();
	assert.equal(given?.aborted, true);
	answer([]);
	assert.deepEqual(
		(await ended).map(({status}) => status),
		['rejected', 'rejected'],
	);
});

test('a question that was given up is asked again for who comes before it has ended', async () => {
	let asked = 0;
	const now = () => 0;
	const reader = createReader({
		ask: async () => {
			asked++;
			return asked === 1 ? new Promise(() => undefined) : {items: [], skipped: 0};
		},
		pace: createPace(now, 5000),
		now,
	});
	const gone = new AbortController();
	const given = reader.read('jobs', gone.signal);
	await soon();
	gone.abort();
	await assert.rejects(given);
	assert.deepEqual((await reader.read('jobs', signal)).answer, {items: [], skipped: 0});
	assert.equal(asked, 2);
});

test('that nothing was answered stays true after a deed, until something is', async () => {
	const {reader, pass, answerWith} = world();
	await reader.read('jobs', signal);
	pass(10_000);
	answerWith(async () => {
		throw providerError('CWS_PROVIDER_UNAVAILABLE', {message: 'away'});
	});
	await assert.rejects(reader.read('jobs', signal));
	reader.changed();
	assert.ok(reader.isFailing(), 'a deed is no answer');
	answerWith(async () => ({items: [], skipped: 0}));
	pass(10);
	await reader.read('jobs', signal);
	assert.ok(!reader.isFailing());
});
