import assert from 'node:assert/strict';
import {test} from 'node:test';
import {recalledView} from '../../source/app/recalled-view.ts';

test('what is remembered counts as far as it makes sense, whatever another version wrote', () => {
	const kept = {sort: {column: 'name', isDescending: false}, isWide: true, activityTab: 'tasks', installedFrom: {acme: '/work/acme'}};
	assert.deepEqual(recalledView(kept), kept);
	const odd = {sort: {column: 'shoe size'}, isWide: 'yes', activityTab: 'news', installedFrom: {acme: 7, lab: '/work/lab'}};
	assert.deepEqual(recalledView(odd), {installedFrom: {lab: '/work/lab'}});
	assert.deepEqual(recalledView({installedFrom: 'x'}), {installedFrom: {}});
});
