import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(`${root}docs/seed-coverage.md`, 'utf8');
const rows = page
	.split('\n')
	.map(line => /^\| (\d+)\s+\|.*\|(?<held>[^|]*)\|$/.exec(line.trim()))
	.filter(match => match !== null)
	.map(match => ({row: Number(match[1]), held: match.groups!['held']!}));

/** Titles are compared as they are read, not as they are quoted. */
const plain = (text: string): string => text.replaceAll('\\', '');

test('every row of the plugin part of the table is held by a test or has its reason', () => {
	const wanted = [...Array.from({length: 144}, (_, at) => at + 1), ...Array.from({length: 7}, (_, at) => at + 182)];
	assert.deepEqual(
		rows.map(({row}) => row),
		wanted,
	);
	for (const {row, held} of rows) {
		for (const part of held.split('<br>')) {
			assert.match(part.trim(), /^(`[^`]+\.tsx?` “.+”|— .{10,})$/, `row ${row}`);
		}
	}
});

test('every test the page names is there', () => {
	const named = rows.flatMap(({row, held}) =>
		[...held.matchAll(/`([^`]+\.tsx?)` “([^”]+)”/g)].map(([, file, title]) => ({row, file: file!, title: title!})),
	);
	assert.ok(named.length > 150);
	const missing = named.filter(
		({file, title}) => !existsSync(root + file) || !plain(readFileSync(root + file, 'utf8')).includes(plain(title)),
	);
	assert.deepEqual(missing, []);
});
