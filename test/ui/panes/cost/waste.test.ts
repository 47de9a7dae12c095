import assert from 'node:assert/strict';
import {test} from 'node:test';
import {amount} from '../../../../source/core/money/money.ts';
import {type Resource} from '../../../../source/core/resource.ts';
import {dearestWaste} from '../../../../source/ui/panes/cost/waste.ts';
import {resource, source} from '../../../engine/query/resource-samples.ts';

const priced = (name: string, hourly: number, more: Partial<Resource> = {}) =>
	resource(name, {
		status: 'stopped',
		cost: {hourly: amount(9), stoppedHourly: amount(hourly), components: [], confidence: 'exact', notCounted: []},
		...more,
	});

const nameIn = (...resources: readonly Resource[]) => dearestWaste([source(resources)])?.resource.name;

test('the dearest that is stopped and still billed is followed through every change of the list', () => {
	const [a, b, c] = [priced('a', 1), priced('b', 3), priced('c', 2)];
	assert.equal(nameIn(a, b, c), 'b');
	assert.equal(nameIn(priced('a', 9), b, c), 'a');
	assert.equal(nameIn(a, b, c), 'b');
	assert.equal(nameIn(a, priced('b', 3, {status: 'running'}), c), 'c');
	assert.equal(nameIn(a), 'a');
	assert.equal(nameIn(c, a), 'c');
	assert.equal(nameIn(resource('d')), undefined);
	assert.equal(nameIn(), undefined);
	assert.equal(nameIn(priced('e', 1), priced('f', 1)), 'e');
	assert.equal(nameIn(a, priced('f', 1), b), 'b');
});
