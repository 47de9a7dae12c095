import assert from 'node:assert/strict';
import {test} from 'node:test';
import {memoryText, processorText} from '../../../../source/ui/view/lists/metrics-text.ts';

const mib = 2 ** 20;

test('memory breathes without flicker: two digits above a hundred megabytes', () => {
	assert.equal(memoryText({memoryBytes: 3 * mib}), '3 MB');
	assert.equal(memoryText({memoryBytes: 99 * mib}), '99 MB');
	assert.equal(memoryText({memoryBytes: 636 * mib}), '640 MB');
	assert.equal(memoryText({memoryBytes: 644 * mib}), '640 MB');
	assert.equal(memoryText({memoryBytes: 1536 * mib}), '1.5 GB');
});

test('what nobody measured has no text', () => {
	assert.equal(memoryText(undefined), '');
	assert.equal(memoryText({}), '');
	assert.equal(processorText({}), '');
	assert.equal(processorText({cpuPercent: 6.6}), '7%');
});
