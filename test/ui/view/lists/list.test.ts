import assert from 'node:assert/strict';
import {test} from 'node:test';
import {chooseRow, followList, moveList, placeList} from '../../../../source/ui/view/lists/list.ts';

const bounds = (keys: string, height = 3) => ({length: keys.length, height, keyAt: (index: number) => keys[index]});

test('the cursor stays inside the list and the window around the cursor', () => {
	const list = {cursor: 0, top: 0, key: 'a'};
	assert.deepEqual(moveList(list, -1, bounds('abcdef')), list);
	assert.deepEqual(moveList(list, 4, bounds('abcdef')), {cursor: 4, top: 2, key: 'e'});
	assert.deepEqual(moveList(list, 99, bounds('abcdef')), {cursor: 5, top: 3, key: 'f'});
	assert.deepEqual(placeList({cursor: 5, top: 3, key: 'f'}, 1, bounds('abcdef')), {cursor: 1, top: 1, key: 'b'});
});

test('nothing moved is the same object', () => {
	const list = {cursor: 2, top: 0, key: 'c', isChosen: true};
	assert.equal(moveList(list, 0, bounds('abcdef')), list);
	assert.equal(followList(list, bounds('abcdef')), list);
});

test('the cursor follows its row and the window goes with it', () => {
	assert.deepEqual(followList({cursor: 4, top: 3, key: 'e', isChosen: true}, bounds('xyabcdef')), {
		cursor: 6,
		top: 5,
		key: 'e',
		isChosen: true,
	});
});

test('a list that shows its beginning goes on showing it', () => {
	assert.deepEqual(followList({cursor: 1, top: 0, key: 'b', isChosen: true}, bounds('xab')), {cursor: 2, top: 0, key: 'b', isChosen: true});
	assert.deepEqual(followList({cursor: 0, top: 0, key: 'a', isChosen: true}, bounds('uvwxya')), {
		cursor: 5,
		top: 3,
		key: 'a',
		isChosen: true,
	});
});

test('when its row is gone the cursor keeps its place', () => {
	assert.deepEqual(followList({cursor: 2, top: 0, key: 'c', isChosen: true}, bounds('abdef')), {
		cursor: 2,
		top: 0,
		key: 'd',
		isChosen: true,
	});
	assert.deepEqual(followList({cursor: 2, top: 0, key: 'c', isChosen: true}, bounds('')), {cursor: 0, top: 0, isChosen: true});
});

test('a cursor that nobody moved stays on the first row', () => {
	assert.deepEqual(followList({cursor: 0, top: 0, key: 'a'}, bounds('xa')), {cursor: 0, top: 0, key: 'x'});
	assert.deepEqual(followList(chooseRow({cursor: 0, top: 0, key: 'a'}), bounds('xa')), {cursor: 1, top: 0, key: 'a', isChosen: true});
});
