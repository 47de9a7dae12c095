import assert from 'node:assert/strict';
import {test} from 'node:test';
import {amount, free, total} from '../../../../source/core/money/money.ts';
import {lineText} from '../../../../source/ui/components/line/line.ts';
import {costLines} from '../../../../source/ui/panes/cost/cost-lines.ts';
import {pictureState, sampleResource, sampleSource, sampleState} from '../../helpers/samples.ts';

const draw = (state = pictureState(), width = 26, height = 18) => costLines(state, width, height).map(line => lineText(line).trimEnd());

test('the cost pane answers now, so far, for whom, for nothing and what nobody knows', () => {
	const lines = draw();
	assert.equal(lines[0], 'now     ≥ $3.01/h');
	assert.match(lines[1]!, /^today {3}\$62\.10 +[▁▂▃▄▅▆▇█]+$/);
	assert.equal(lines[2], 'month   $1,904 → $3,120');
	assert.match(lines[4]!, /^aws +█+ +\$2\.03$/);
	assert.match(lines[5]!, /^slurm +█+░+ ≥ \$0\.94$/);
	assert.ok(lines.some(line => /^ssh +no price$/.test(line)));
	assert.ok(lines.some(line => /^local +free$/.test(line)));
	assert.ok(lines.includes('▲ old-notebook'));
	assert.ok(lines.includes('  stopped, still $7.99/mo'));
	assert.ok(lines.includes('? 2 without price'));
});

test('a narrow pane puts the forecast on a line of its own instead of cutting an amount', () => {
	const lines = draw(pictureState(), 20, 8);
	assert.equal(lines[2], 'month   $1,904');
	assert.equal(lines[3], 'by end  $3,120');
	assert.equal(lines.length, 8);
});

test('what is free is free and not a price of zero', () => {
	const state = sampleState({sources: [sampleSource([sampleResource({name: 'a', provider: 'local', hourly: free('this machine')})])]});
	assert.equal(draw(state)[0], 'now     free');
	assert.ok(!draw(state).some(line => line.includes('?') || line.includes('→')));
});

test('gaps in the record are said', () => {
	const state = pictureState();
	const spend = {...state.spend, monthToDate: total([amount(5)]), hasGaps: true};
	assert.ok(draw({...state, spend}, 30, 20).includes('≥ cws did not run all month'));
});

test('what is not added up yet is no zero', () => {
	const state = pictureState();
	const lines = draw({...state, spend: {...state.spend, computedAt: 0}});
	assert.deepEqual(lines.slice(0, 3), ['now     ≥ $3.01/h', 'today   ░░░░░░░░', 'month   ░░░░░░░░']);
	const first = sampleState({sources: [sampleSource([], {phase: 'loading'})]});
	assert.equal(draw(first)[0], 'now     ░░░░░░░░');
});
