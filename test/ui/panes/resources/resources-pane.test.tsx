import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ResourcesPane} from '../../../../source/ui/panes/resources/resources-pane.tsx';
import {createTheme} from '../../../../source/ui/theme/create-theme.ts';
import {loadThemes} from '../../../../source/ui/theme/load-themes.ts';
import {renderLines} from '../../helpers/render-lines.tsx';
import {now, sampleOperation, samplePlugin, sampleResource, sampleSource, sampleState} from '../../helpers/samples.ts';
import {createTestStore, type TestStore} from '../../helpers/view-store.ts';

const theme = createTheme(loadThemes()[0]!, 3);
const rect = {x: 0, y: 0, width: 90, height: 8};
const pane = ({getSnapshot}: TestStore) => {
	const {view, context} = getSnapshot();
	return <ResourcesPane rect={rect} view={view} context={context} theme={theme} isFocused />;
};

const web = sampleResource({name: 'web-1', account: 'prod', region: 'us-east-1'});

test('a row has the state as glyph and word, under its head', () => {
	const [top, head, row] = renderLines(pane(createTestStore(sampleState({sources: [sampleSource([web])]}))), 8).lines();
	assert.match(top!, /^╭─ 2 Resources ─+ 1 of 1 · live ─╮$/);
	assert.match(row!, /^│ web-1 +aws +prod\/us-east-1 +vm +● running +i-web-1 +2h +\? +\? │$/);
	assert.equal(row!.indexOf('●'), head!.indexOf('STATUS'));
});

test('the row of a scheduled destroy counts down and keeps its price', () => {
	const scheduled = sampleOperation({ref: web.ref, name: 'web-1', state: 'scheduled', action: 'destroy', dueAt: now + 8000});
	const store = createTestStore(sampleState({sources: [sampleSource([web])], operations: [scheduled]}));
	assert.match(renderLines(pane(store), 8).lines()[2]!, /◍ destroying in 8s · u undo +\? +\? │$/);
});

test('rows that come later do not take the cursor with them, rows that were chosen do', () => {
	const store = createTestStore(sampleState({sources: [sampleSource([web])]}));
	const drawn = renderLines(pane(store), 8);
	const before = drawn.frame();
	store.setEngine(sampleState({sources: [sampleSource([sampleResource({name: 'a-first'}), web])]}));
	drawn.rerender(pane(store));
	assert.notEqual(drawn.frame(), before);
	assert.match(drawn.lines()[2]!, /a-first/);
	assert.equal(store.getState().lists.resources.cursor, 0);
});

const slurm = samplePlugin('slurm');
const queue = {
	...slurm,
	manifest: {
		...slurm.manifest,
		contributes: {
			resourceTypes: [
				{
					type: 'job',
					operations: [],
					isQueued: true,
					columns: [
						{title: 'PARTITION', field: 'meta.partition'},
						{title: 'TASKS', field: 'meta.tasks', format: 'number'},
					],
				},
			],
		},
	},
} as const;
const job = sampleResource({name: 'train', provider: 'slurm', type: 'job', status: 'pending', meta: {partition: 'gpu', tasks: 4}});
const jobs = sampleSource([job], {key: 'slurm/job', provider: 'slurm', type: 'job'});

test('a list of one type has the columns of its plugin, a mixed one has not', () => {
	const wide = {...rect, width: 130};
	const draw = (store: TestStore) => {
		const {view, context} = store.getSnapshot();
		return renderLines(<ResourcesPane rect={wide} view={view} context={context} theme={theme} isFocused />, 8).lines();
	};

	const [, head, row] = draw(createTestStore(sampleState({plugins: [queue], sources: [jobs]})));
	assert.match(head!, / PARTITION +TASKS /);
	assert.match(row!, / gpu +4 /);
	const [, mixed] = draw(createTestStore(sampleState({plugins: [queue], sources: [jobs, sampleSource([web])]})));
	assert.doesNotMatch(mixed!, /PARTITION/);
});

test('what waits in a queue stands still, and so does the screen', () => {
	const store = createTestStore(sampleState({plugins: [queue], sources: [jobs]}));
	assert.match(renderLines(pane(store), 8).lines()[2]!, /◌ pending/);
	assert.equal(store.nextStep().isSpinning, false);
	const other = createTestStore(sampleState({sources: [sampleSource([sampleResource({name: 'a', status: 'creating'})])]}));
	assert.equal(other.nextStep().isSpinning, true);
});
