import assert from 'node:assert/strict';
import {test} from 'node:test';
import {layoutOf, listHeightOf} from '../../../source/ui/view/layout.ts';
import {type PaneId} from '../../../source/ui/view/state.ts';

const at = (columns: number, rows: number, focus: PaneId = 'resources', isZoomed = false) =>
	layoutOf({size: {columns, rows}, focus, isZoomed, isWide: false});

test('the panes tile everything between header and hint bar at every size', () => {
	for (let columns = 80; columns <= 240; columns += 7) {
		for (let rows = 20; rows <= 80; rows += 3) {
			const {panes, body} = at(columns, rows);
			const {plugins, cost, resources, activity} = panes as Required<typeof panes>;
			const name = `${columns}×${rows}`;
			assert.equal(plugins.width + resources.width, columns, name);
			assert.equal(plugins.height + cost.height, resources.height, name);
			assert.equal(resources.height + activity.height, body.height, name);
			assert.equal(body.height, rows - 2, name);
			for (const rect of [plugins, cost, resources, activity]) {
				assert.ok(rect.height >= 4 && rect.width >= 20, name);
			}
		}
	}
});

test('below 80 columns one pane is shown at a time', () => {
	const layout = at(79, 30, 'cost');
	assert.equal(layout.mode, 'tabs');
	assert.deepEqual(Object.keys(layout.panes), ['cost']);
	assert.deepEqual(layout.panes.cost, {x: 0, y: 2, width: 79, height: 27});
});

test('below 40×12 there is no room for anything', () => {
	assert.equal(at(39, 30).mode, 'tooSmall');
	assert.equal(at(100, 11).mode, 'tooSmall');
	assert.equal(at(40, 12).mode, 'tabs');
});

test('a zoomed pane has the whole area', () => {
	assert.deepEqual(at(120, 36, 'activity', true).panes, {activity: {x: 0, y: 1, width: 120, height: 34}});
	assert.equal(listHeightOf({size: {columns: 120, rows: 36}, focus: 'resources', isZoomed: true, isWide: false}, 'resources'), 31);
});

test('the wide list has the place of the panes at its side, until one of them has the focus', () => {
	const wide = (focus: PaneId, isZoomed = false) => layoutOf({size: {columns: 120, rows: 36}, focus, isZoomed, isWide: true}).panes;
	assert.deepEqual(wide('resources'), {
		resources: {...at(120, 36).panes.resources!, x: 0, width: 120},
		activity: at(120, 36).panes.activity,
	});
	assert.deepEqual(wide('plugins'), at(120, 36, 'plugins').panes);
	assert.deepEqual(Object.keys(wide('resources', true)), ['resources']);
});
