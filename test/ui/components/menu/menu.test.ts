import assert from 'node:assert/strict';
import {test} from 'node:test';
import {fuzzyMatch} from '../../../../source/ui/components/menu/fuzzy.ts';
import {createMenu, menuItem, menuWindow, updateMenu} from '../../../../source/ui/components/menu/menu.ts';
import {key} from '../../overlays/layer-fixture.ts';

const items = Array.from({length: 20}, (_, index) => `item ${index}`);

test('the cursor stays inside the list and the window around the cursor', () => {
	let menu = createMenu();
	for (let step = 0; step < 30; step++) {
		menu = updateMenu(menu, key('down'), {length: items.length, height: 5})!;
	}

	assert.equal(menuItem(items, menu), 'item 19');
	assert.deepEqual(
		menuWindow(items, menu, 5).map(({item}) => item),
		['item 15', 'item 16', 'item 17', 'item 18', 'item 19'],
	);
	assert.equal(updateMenu(menu, key('pageUp'), {length: items.length, height: 5})!.cursor, 15);
});

test('what is typed goes to the query and back to the first item', () => {
	const menu = updateMenu({...createMenu(), cursor: 7}, key('j'), {length: 20, height: 5})!;
	assert.equal(menu.query.value, 'j');
	assert.equal(menu.cursor, 0);
});

test('without a query the letters move', () => {
	const bounds = {length: 20, height: 5, isSearchable: false};
	assert.equal(updateMenu(createMenu(), key('j'), bounds)!.cursor, 1);
	assert.equal(updateMenu(createMenu(), key('G'), bounds)!.cursor, 19);
	assert.equal(updateMenu(createMenu(), key('z'), bounds), undefined);
});

test('a list that became shorter still has a current item', () => {
	const menu = createMenu('', 15);
	assert.equal(menuItem(items.slice(0, 3), menu), 'item 2');
	assert.equal(menuWindow(items.slice(0, 3), menu, 5).find(({isCurrent}) => isCurrent)?.item, 'item 2');
	assert.equal(menuItem([], menu), undefined);
});

test('words beat letters strewn about, starts of words beat middles', () => {
	const score = (query: string, text: string) => fuzzyMatch(query, text)?.score ?? Number.NEGATIVE_INFINITY;
	assert.ok(score('help', 'help') > score('help', 'shelp'));
	assert.ok(score('log', 'Follow its log') > score('log', 'Local topology'));
	assert.ok(score('dw', 'deploy workstation') > score('dw', 'reducedxwood'));
	assert.equal(fuzzyMatch('xyz', 'deploy'), undefined);
	assert.equal(fuzzyMatch('yw', 'deploy something far away'), undefined);
	assert.deepEqual(fuzzyMatch('plo', 'Deploy')?.at, [2, 3, 4]);
});
