import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parse} from 'yaml';
import {lineText} from '../../../source/ui/components/line/line.ts';
import {jsonLines, yamlLines} from '../../../source/ui/screens/describe/value-lines.ts';

const value = {
	name: 'web-1',
	text: 'a: b # c',
	number: '8080',
	yes: 'yes',
	empty: '',
	none: null,
	date: '2026-11-21',
	quote: 'it "is"',
	version: '1.10',
	isOn: true,
	count: 1.5,
	list: ['a', {b: 1, c: ['d', {e: 2}]}, [1, [2]], {}],
	'key: odd': {deep: {er: [null, false]}},
	nothing: {},
	empties: [],
	sign: '- x',
	tilde: '~',
	path: '/usr/bin',
	wide: '日本語',
};

const text = (lines: ReturnType<typeof yamlLines>): string => lines.map(line => lineText(line)).join('\n');

test('the YAML on the screen is the value when it is read again', () => {
	assert.deepEqual(parse(text(yamlLines(value))), value);
});

test('the JSON on the screen is exactly that of the value', () => {
	assert.equal(text(jsonLines(value)), JSON.stringify(value, undefined, 2));
});

test('what is undefined is left out', () => {
	assert.equal(text(yamlLines({a: undefined, b: 1})), 'b: 1');
});
