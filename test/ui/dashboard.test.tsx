import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import {textWidth} from '../../source/core/text/text.ts';
import {failure} from '../../source/core/failure/failure.ts';
import {Dashboard} from '../../source/ui/dashboard.tsx';
import {createTheme} from '../../source/ui/theme/create-theme.ts';
import {loadThemes} from '../../source/ui/theme/load-themes.ts';
import {type EngineState} from '../../source/engine/state.ts';
import {renderScreen} from '../helpers/screen.tsx';
import {now, pictureState, samplePlugin, sampleResource, sampleSource, sampleState} from './helpers/samples.ts';
import {createTestStore, type TestStore} from './helpers/view-store.ts';

const themes = loadThemes();

function show(t: TestContext, state: EngineState, size = {columns: 120, rows: 36}, themeName = 'midnight') {
	const store = createTestStore(state, {size});
	const theme = createTheme(
		themes.find(({name}) => name === themeName)!,
		3,
	);
	const screen = renderScreen(<Dashboard store={store} theme={theme} />, size);
	t.after(() => {
		screen.unmount();
	});
	return {store, screen};
}

const resize = (store: TestStore, screen: ReturnType<typeof renderScreen>, columns: number, rows: number) => {
	store.dispatch({type: 'resize', columns, rows});
	screen.resize({columns, rows});
};

test('the dashboard shows counts, money, panes and keys', async t => {
	const {screen} = show(t, pictureState());
	const text = await screen.settled();
	const rows = screen.rows();
	assert.match(rows[0]!, /^ cws {2}12 resources · 7 running · \d need attention {3,}≥ \$3\.01\/h · month \$1,904 → \$3,120 {2}10:24$/);
	assert.match(rows[1]!, /^╭─ 1 Plugins ─+ 3 of 6 ─╮╭─ 2 Resources ─+ 12 of 12 · live ─╮$/);
	assert.match(text, /│ ✖ gcp +fail +log in │/);
	assert.match(text, /│ NAME +PROVIDER +WHERE +TYPE +STATUS +SIZE +AGE +\$\/h↓ +\$\/mo │/);
	assert.match(text, /genomics-gpu +aws +prod\/us-east-1 +vm +● running +g5\.xlarge +12d +1\.0060 +724\.32/);
	assert.match(text, /assembly-array +slurm .* \? +\? │/);
	assert.match(text, /scratch +docker .*destroying in 8s · u undo +free +free │/);
	assert.match(text, /▲ gcp: not logged in · 2 resources from 3h ago · run `gcloud auth login`/);
	assert.match(text, /train-llama-3 +aws +━+─+ starting instance · 12 s/);
	assert.match(rows.at(-1)!, /^ n deploy {2}a actions {2}D destroy .*\? help +midnight$/);
	assert.equal(screen.cellOf('genomics-gpu').isBold, true);
});

test('at every size the frame fills the terminal exactly, with every border closed', async t => {
	for (const [columns, rows] of [
		[80, 24],
		[100, 30],
		[120, 36],
		[200, 60],
	] as const) {
		const {screen} = show(t, pictureState(), {columns, rows});
		await screen.settled();
		const lines = screen.rows();
		const name = `${columns}×${rows}`;
		assert.match(lines[0]!, /^ cws/, name);
		assert.match(lines[rows - 1]!, /\? help/, name);
		for (const line of lines.slice(1, rows - 1)) {
			assert.equal(textWidth(line), columns, `${name} ${line}`);
			assert.match(line, /^[╭│╰].*[╮│╯]$/u, name);
		}

		screen.unmount();
	}
});

test('columns leave in their order when it gets narrow: SIZE, AGE, WHERE first, NAME and STATUS never', async t => {
	const {store, screen} = show(t, pictureState(), {columns: 120, rows: 36});
	const heads: string[] = [];
	for (const columns of [120, 104, 92, 80, 60, 46, 40]) {
		resize(store, screen, columns, 24);
		await screen.settled();
		heads.push(
			screen
				.rows()
				.find(row => row.includes('NAME'))!
				.replaceAll(/[^A-Z$/a-z ]/g, ' ')
				.trim(),
		);
	}

	assert.match(heads[0]!, /WHERE.*SIZE.*AGE/);
	assert.doesNotMatch(heads[2]!, /SIZE/);
	assert.doesNotMatch(heads[3]!, /SIZE|AGE|WHERE/);
	for (const head of heads) {
		assert.match(head, /NAME.*STATUS/);
	}
});

test('below 80 columns there is one pane and a line of tabs; below 40×12 a sentence, and q leaves', async t => {
	const {store, screen} = show(t, pictureState(), {columns: 70, rows: 20});
	await screen.settled();
	assert.match(screen.rows()[1]!, /^ 1 Plugins {3}2 Resources {3}3 Cost {3}4 Activity$/);
	store.press('3');
	assert.match(await screen.settled(), /now +≥ \$3\.01\/h/);
	resize(store, screen, 39, 11);
	assert.match(await screen.settled(), /^needs 40×12, have 39×11/);
	assert.deepEqual(store.press('D', 'j'), []);
	assert.deepEqual(store.press('q'), [{type: 'quit'}]);
	resize(store, screen, 120, 36);
	assert.match(await screen.settled(), /╭─ 4 Activity/);
});

test('an idle dashboard writes nothing, and a cell that changes writes little', async t => {
	const {store, screen} = show(t, pictureState());
	await screen.settled();
	const before = screen.bytes();
	store.setEngine(pictureState());
	store.dispatch({type: 'tick', now: now + 100, isSpinning: false});
	await screen.settled();
	assert.equal(screen.bytes() - before, 0);
	store.dispatch({type: 'tick', now: now + 55_001, isSpinning: false});
	await screen.settled();
	const step = screen.bytes() - before;
	assert.ok(step > 0 && step <= 2000, `${step} bytes`);
});

test('a dialog dims what lies behind it', async t => {
	const {store, screen} = show(t, pictureState());
	await screen.settled();
	const bright = screen.cellOf('genomics-gpu').color;
	store.press('q');
	const text = await screen.settled();
	assert.match(text, /Leave cws\?/);
	assert.notEqual(screen.cellOf('genomics-gpu').color, bright);
});

test('a pane that cannot be drawn says so in its place and the others live', async t => {
	const broken = sampleState({
		plugins: [samplePlugin('local'), {...samplePlugin('odd'), id: undefined as never}],
		sources: [sampleSource([sampleResource({name: 'web-1'})])],
	});
	const {store, screen} = show(t, broken);
	const text = await screen.settled();
	assert.match(text, /✖ This could not be drawn/);
	assert.match(text, /web-1 +aws/);
	store.setEngine({...broken, plugins: [samplePlugin('local')]});
	assert.match(await screen.settled(), /● local +pass/);
});

test('without any row the pane says why and which key helps', async t => {
	const local = sampleSource([], {provider: 'local'});
	const cases: readonly (readonly [EngineState, RegExp, readonly string[]])[] = [
		[sampleState({phase: 'starting'}), /loading…[^░]*░░░░/, []],
		[sampleState({sources: [local]}), /Press n to deploy your first one here/, []],
		[
			sampleState({sources: [local], plugins: [samplePlugin('local', {state: 'disabled'})]}),
			/No plugin is active.*\n.*1 goes to the plugins, e enables one/,
			[],
		],
		[
			sampleState({
				sources: [
					{...local, phase: 'failed', error: failure('CWS_PROVIDER_UNAVAILABLE', {message: 'no answer in 30 s', fix: 'press ctrl+r'})},
				],
			}),
			/▲ local: no answer in 30 s · press ctrl\+r/,
			[],
		],
		[
			sampleState({sources: [sampleSource([sampleResource({name: 'a'})])]}),
			/Nothing matches zzz · esc clears the filter/,
			['/', 'z', 'z', 'z', 'enter'],
		],
		[sampleState({sources: [sampleSource([sampleResource({name: 'a'})])]}), /Nothing needs attention · z shows everything/, ['z']],
	];
	for (const [state, expected, keys] of cases) {
		const {store, screen} = show(t, state, {columns: 100, rows: 24});
		store.press(...keys);
		assert.match(await screen.settled(), expected);
		screen.unmount();
	}
});

test('holes are named: parts that did not answer, entries that made no sense, old rows', async t => {
	const state = sampleState({
		isPaused: true,
		isDemo: true,
		sources: [
			sampleSource([sampleResource({name: 'web-1'})], {
				phase: 'partial',
				skipped: 2,
				missing: [{account: 'lab', region: 'eu-west-1', reason: 'throttled'}],
			}),
			sampleSource([sampleResource({provider: 'slurm', name: 'cached'})], {isStale: true, phase: 'loading', seenAt: now - 3 * 3_600_000}),
		],
	});
	const {screen} = show(t, state);
	const text = await screen.settled();
	assert.match(text, /cws {2}DEMO/);
	assert.match(text, /aws: partial, no answer from lab\/eu-west-1: throttled/);
	assert.match(text, /aws: 2 malformed entries skipped/);
	assert.match(text, /2 of 2 · paused/);
	assert.notEqual(screen.cellOf('cached').color, screen.cellOf('web-1').color);
});

test('where only what needs attention is listed, a failed provider whose rows are not is still named', async t => {
	const {store, screen} = show(t, pictureState());
	store.press('z');
	assert.match(await screen.settled(), / 2 Resources {2}needs attention ─+ 1 of 12 [^]*bad-image[^]*▲ gcp: .*2 resources from/);
});

test('the wide list takes the place of the panes beside it and cuts no name for a column more', async t => {
	const {store, screen} = show(t, pictureState(), {columns: 80, rows: 24});
	store.press('w');
	const wide = await screen.settled();
	assert.match(wide, /\n╭─ 2 Resources[^]*NAME +PROVIDER +WHERE +TYPE[^]*│ assembly-array +slurm +main\/compute +job/);
	assert.doesNotMatch(wide, /1 Plugins/);
	store.press('1');
	assert.match(await screen.settled(), /╭─ 1 Plugins/);
});

test('one trouble of many providers takes one line', async t => {
	const error = failure('CWS_PROVIDER_UNAVAILABLE', {message: 'The plugin is stuck.', fix: 'wait'});
	const sources = ['aws', 'gcp', 'lab', 'hpc'].map(provider => sampleSource([], {provider, phase: 'failed', error}));
	const {screen} = show(t, sampleState({sources: [sampleSource([sampleResource({name: 'web-1', provider: 'local'})]), ...sources]}));
	assert.match(await screen.settled(), /▲ aws, gcp and 2 more: The plugin is stuck · wait/);
});

test('wide and hostile names keep the columns straight', async t => {
	const names = ['日本語の名前がとても長いときでも', '한국어-이름', 'e\u0301a\u0301'];
	const {screen} = show(t, sampleState({sources: [sampleSource(names.map(name => sampleResource({name, size: 'm5'})))]}), {
		columns: 100,
		rows: 24,
	});
	await screen.settled();
	const rows = screen.rows().filter(row => row.includes('● running'));
	assert.equal(rows.length, 3);
	for (const offset of [0, 99]) {
		for (let row = 2; row < 14; row++) {
			assert.match(screen.cell(row, offset).text, /[│╭╰╮╯]/u, `row ${row} column ${offset}`);
		}
	}
});

test('every theme draws the same words', async t => {
	const texts: string[] = [];
	for (const {name} of themes) {
		const {screen} = show(t, pictureState(), {columns: 120, rows: 36}, name);
		texts.push(await screen.settled());
		screen.unmount();
	}

	assert.equal(new Set(texts).size, 1);
});
