import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type ColumnWidths, fitColumns} from '../../../../source/ui/panes/resources/fit-columns.ts';

const widths: ColumnWidths = {
	name: 14,
	provider: 6,
	where: 14,
	type: 4,
	status: 10,
	size: 9,
	cpu: 3,
	memory: 6,
	id: 19,
	age: 4,
	hourly: 6,
	monthly: 6,
};
const ids = (available: number, isWide = false, seen = widths) =>
	fitColumns({available, widths: seen, isWide}).map(({column}) => column.id);
const total = (available: number, isWide = false) =>
	fitColumns({available, widths, isWide}).reduce((sum, {width, gap}) => sum + width + gap, 0);

test('the columns fill the width exactly, however wide', () => {
	for (let available = 34; available < 230; available++) {
		assert.equal(total(available), available, String(available));
		assert.equal(total(available, true), available, `wide ${available}`);
	}
});

test('the least important leave first, NAME and STATUS last', () => {
	assert.deepEqual(ids(86), ['name', 'provider', 'where', 'type', 'status', 'size', 'age', 'hourly', 'monthly']);
	const gone = ['size', 'age', 'where', 'type', 'monthly', 'hourly', 'provider'];
	for (let available = 86; available >= 20; available--) {
		const shown = ids(available);
		const missing = gone.filter(id => !(shown as readonly string[]).includes(id));
		assert.deepEqual(missing, gone.slice(0, missing.length), String(available));
	}

	assert.deepEqual(ids(20), ['name', 'status']);
});

test('an extra comes uninvited only where everything else stays whole, and when asked for', () => {
	assert.ok(!ids(86).includes('cpu'));
	assert.ok(ids(112).includes('cpu'));
	assert.ok(!ids(90).includes('cpu'));
	assert.ok(ids(90, true).includes('cpu'));
	assert.equal(fitColumns({available: 90, widths, isWide: true})[0]!.width, 14);
	assert.ok(ids(180).includes('id'));
});

test('a column nobody fills is not shown', () => {
	assert.ok(!ids(120, false, {...widths, size: 0}).includes('size'));
	assert.deepEqual(ids(86, false, {}), ['name', 'provider', 'where', 'type', 'status', 'size', 'age', 'hourly', 'monthly']);
});
