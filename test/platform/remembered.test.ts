import assert from 'node:assert/strict';
import {readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {createRemembered} from '../../source/platform/remembered.ts';
import {tempDir} from './temp-dir.ts';

const onProblem = (message: string) => assert.fail(message);

test('what was set is there at the next start', async t => {
	const directory = tempDir(t);
	const first = createRemembered({directory, onProblem});
	assert.deepEqual(first.values, {});
	first.set('sort', {column: 'age', isDescending: true});
	first.set('isWide', true);
	await first.flush();
	first.set('isWide', false);
	first.set('a.b', 1);
	await first.flush();
	assert.deepEqual(createRemembered({directory, onProblem}).values, {
		sort: {column: 'age', isDescending: true},
		isWide: false,
		'a.b': 1,
	});
	assert.deepEqual(readdirSync(directory), ['remembered.json']);
});

test('a damaged file counts as empty and is replaced', async t => {
	const directory = tempDir(t);
	for (const damaged of ['{"sort": ', '[1]', 'null', '']) {
		writeFileSync(join(directory, 'remembered.json'), damaged);
		const remembered = createRemembered({directory, onProblem});
		assert.deepEqual(remembered.values, {}, damaged);
		remembered.set('isWide', true);
		await remembered.flush();
		assert.deepEqual(createRemembered({directory, onProblem}).values, {isWide: true}, damaged);
	}
});

test('an unwritable directory is a problem in words, never an exception', async t => {
	const directory = join(tempDir(t), 'file');
	writeFileSync(directory, '');
	const problems: string[] = [];
	const remembered = createRemembered({directory, onProblem: message => problems.push(message)});
	remembered.set('isWide', true);
	await remembered.flush();
	assert.equal(problems.length, 1);
	assert.match(problems[0]!, /was not kept/);
});
