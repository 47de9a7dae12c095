import assert from 'node:assert/strict';
import {test} from 'node:test';
import {columns} from '../../../../source/ui/panes/resources/columns.ts';
import {createColumnMeter} from '../../../../source/ui/panes/resources/column-meter.ts';
import {now, sampleResource} from '../../helpers/samples.ts';

const context = {now, hoursPerMonth: 720};
const idle = Array.from({length: 10}, (_, index) => sampleResource({name: `idle-${index}`}));
const busy = Array.from({length: 4}, (_, index) => sampleResource({name: `busy-${index}`, metrics: {cpuPercent: 40 + index}}));
const rows = [...idle, ...busy];

function fit(meter = createColumnMeter(), from = 0, to = rows.length, isWide = false) {
	const fitted = meter.fit({rows, shown: rows.slice(from, to), context, available: 160, isWide, epoch: `${isWide}`, columns});
	return fitted.map(({column}) => column.id);
}

test('a column that none or few of the rows in sight fill takes no room, unless everything is asked for', () => {
	assert.ok(!fit(undefined, 0, 10).includes('cpu'));
	assert.ok(!fit(undefined, 0, 11).includes('cpu'));
	assert.ok(fit(undefined, 0, 14).includes('cpu'));
	assert.ok(fit(undefined, 0, 11, true).includes('cpu'));
});

test('a column that came while scrolling stays', () => {
	const meter = createColumnMeter();
	assert.ok(!fit(meter, 0, 8).includes('cpu'));
	assert.ok(fit(meter, 6, 14).includes('cpu'));
	assert.ok(fit(meter, 0, 8).includes('cpu'));
});
