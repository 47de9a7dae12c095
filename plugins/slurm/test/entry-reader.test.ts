import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createEntryReader} from '../client/entry-reader.ts';

function read(bytes: Buffer, chunkBytes: number) {
	const entries: unknown[] = [];
	const reader = createEntryReader('jobs', entry => entries.push(entry));
	for (let at = 0; at < bytes.length; at += chunkBytes) {
		reader.push(bytes.subarray(at, at + chunkBytes));
	}

	return {answer: reader.end(), entries};
}

const jobs = [
	{job_id: 1, name: 'a "quoted" { [ name ] } \\', nested: {jobs: [{x: 1}], deep: [[], {}]}},
	{job_id: 2, name: '解析 \u0000 \u001B[2J 👩‍🔬', jobs: '[', empty: {}},
	{},
];
const around = {meta: {Slurm: {release: '22.05.8'}, jobs: [{no: 1}], text: 'jobs'}, 'x"jobs': [{no: 2}], errors: [{error: 'é'}]};

test('entries come one by one, whole, wherever the answer is cut, and the rest stays', () => {
	for (const text of [
		JSON.stringify({...around, jobs}),
		JSON.stringify({jobs, ...around}, undefined, '   '),
		JSON.stringify({word: 'jobs', list: [{no: 3}], jobs}),
	]) {
		const bytes = Buffer.from(text);
		const whole = JSON.parse(text) as {jobs: unknown[]};
		for (const chunkBytes of [1, 2, 3, 7, 64, bytes.length]) {
			const {answer, entries} = read(bytes, chunkBytes);
			assert.deepEqual(entries, whole.jobs, `${chunkBytes}`);
			assert.deepEqual(answer, {...whole, jobs: [null, null, null]});
		}
	}
});

test('what is no object is given as nothing, so that it can be counted', () => {
	const {answer, entries} = read(Buffer.from('{"jobs": [7, {"a": 1}, null, "{", [{"b": 2}]]}'), 5);
	assert.deepEqual(entries, [{a: 1}, undefined, undefined, undefined, undefined]);
	assert.ok(answer !== undefined);
});

test('an answer that breaks off or is no JSON is none', () => {
	for (const text of [
		'',
		'not json',
		'{"jobs": [',
		'{"jobs": [{"a": 1}',
		'{"jobs": [{"a": 1}]',
		'{"jobs": [{"a": 1',
		'{"jobs": [{"a": }]}',
		'{"jobs": ["',
		'}',
	]) {
		assert.equal(read(Buffer.from(text), 4).answer, undefined, text);
	}
});

test('a list of another kind is no list', () => {
	for (const text of ['{"jobs": {"a": {"b": 1}}}', '{}', '[]', '[{"jobs": [{"a": 1}]}]', '{"more": {"jobs": [{"a": 1}]}}', 'null']) {
		const {answer, entries} = read(Buffer.from(text), 3);
		assert.deepEqual([answer, entries], [JSON.parse(text), []], text);
	}
});
