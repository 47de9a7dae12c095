import assert from 'node:assert/strict';
import {test} from 'node:test';
import {columnText, isRightColumn} from '../../source/core/resource-column.ts';
import {sampleResource} from '../ui/helpers/samples.ts';

const resource = sampleResource({
	statusReason: 'waits for its turn',
	tags: {team: 'vision'},
	meta: {nodes: ['a1', 'a2'], bytes: 1536 * 2 ** 20, ran: 7_200_000, at: 0, share: 41.6, isLast: false, deep: {er: 3}},
});
const text = (field: string, format?: 'bytes' | 'duration' | 'time' | 'percent') =>
	columnText(resource, {title: 'X', field, ...(format && {format})});

test('a column says what stands at its dotted path, in its format', () => {
	assert.equal(text('statusReason'), 'waits for its turn');
	assert.equal(text('tags.team'), 'vision');
	assert.equal(text('meta.nodes'), 'a1, a2');
	assert.equal(text('meta.deep.er'), '3');
	assert.equal(text('meta.isLast'), 'no');
	assert.equal(text('meta.bytes', 'bytes'), '1.5 GB');
	assert.equal(text('meta.ran', 'duration'), '2h');
	assert.equal(text('meta.at', 'time'), '1970-01-01 00:00');
	assert.equal(text('meta.share', 'percent'), '42%');
});

test('where nothing that can be said stands, it is empty', () => {
	assert.equal(text('meta.none'), '');
	assert.equal(text('meta.deep'), '');
	assert.equal(text('meta.constructor.name'), '');
});

test('figures stand at the right, unless the plugin says otherwise', () => {
	assert.equal(isRightColumn({title: 'X', field: 'a', format: 'bytes'}), true);
	assert.equal(isRightColumn({title: 'X', field: 'a'}), false);
	assert.equal(isRightColumn({title: 'X', field: 'a', format: 'number', align: 'left'}), false);
});
