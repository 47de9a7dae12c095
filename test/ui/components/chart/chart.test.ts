import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bar, progress} from '../../../../source/ui/components/chart/bar.ts';
import {sparkline} from '../../../../source/ui/components/chart/sparkline.ts';
import {lineText} from '../../../../source/ui/components/line/line.ts';

test('a bar fills its share and something never looks like nothing', () => {
	assert.equal(lineText(bar(0.5, 10)), '█████░░░░░');
	assert.equal(lineText(bar(0, 4)), '░░░░');
	assert.equal(lineText(bar(0.001, 4)), '█░░░');
	assert.equal(lineText(bar(7, 4)), '████');
	assert.equal(lineText(progress(0.25, 8)), '━━──────');
});

test('a sparkline is scaled from zero to its highest value and shows the newest', () => {
	assert.equal(sparkline([0, 1, 2, 4], 10), '▁▃▅█');
	assert.equal(sparkline([9, 9, 1, 2], 2), '▅█');
	assert.equal(sparkline([3], 10), '');
	assert.equal(sparkline([0, 0], 10), '');
	assert.equal(sparkline([], 10), '');
});
