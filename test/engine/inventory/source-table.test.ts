import assert from 'node:assert/strict';
import test from 'node:test';
import {type Resource} from '../../../source/core/resource.ts';
import {createSourceTable} from '../../../source/engine/inventory/source-table.ts';
import {refOf, vm} from '../world.ts';

const row = (name: string, patch: Partial<Resource> = {}): Resource => ({
	...vm(name),
	provider: 'lab',
	ref: refOf(name),
	seenAt: 1,
	...patch,
});

const names = (table: ReturnType<typeof createSourceTable>) =>
	table
		.values()
		.map(({name}) => name)
		.join('');

test('a known row keeps its place, a new one comes last', () => {
	const table = createSourceTable();
	for (const name of ['a', 'b', 'c', 'a']) {
		table.set(row(name));
	}

	assert.equal(names(table), 'abc');
	table.remove(refOf('b'));
	table.set(row('b'));
	assert.equal(names(table), 'acb');
});

test('the array is the same while nothing changed, and older ones stay as they were', () => {
	const table = createSourceTable();
	const a = row('a');
	table.set(a);
	const first = table.values();
	table.set(a);
	assert.equal(table.isChanged(), false);
	assert.equal(table.values(), first);
	table.set(row('b'));
	assert.equal(table.isChanged(), true);
	table.values();
	assert.equal(first.length, 1);
});

test('a list of the very same rows changes nothing, and one of other rows in their places finds them', () => {
	const table = createSourceTable();
	const [a, b, c] = [row('a'), row('b'), row('c')];
	table.replace([a, b, c]);
	const first = table.values();
	table.replace([a, b, c]);
	assert.equal(table.values(), first);
	const other = row('b', {status: 'stopped'});
	table.replace([a, other, c]);
	assert.deepEqual([table.get(other.ref), table.get(c.ref), first[1]], [other, c, b]);
	table.remove(a.ref);
	table.replace([other, c]);
	assert.deepEqual([names(table), table.get(c.ref), table.get(a.ref)], ['bc', c, undefined]);
});

test('a placeholder gives its place to the real row; one that is there already only loses the placeholder', () => {
	const table = createSourceTable();
	for (const name of ['a', 'new', 'c']) {
		table.set(row(name));
	}

	table.rename(refOf('new'), row('b'));
	assert.equal(names(table), 'abc');
	assert.equal(table.get(refOf('new')), undefined);
	table.set(row('new'));
	table.rename(refOf('new'), row('a', {status: 'stopped'}));
	assert.equal(names(table), 'abc');
	assert.equal(table.get(refOf('a'))?.status, 'stopped');
});

test('of two rows with one reference the later stands', () => {
	const table = createSourceTable();
	table.replace([row('a'), row('b'), row('a', {status: 'stopped'})]);
	assert.equal(table.size(), 2);
	assert.equal(table.values().length, 2);
	assert.equal(table.get(refOf('a'))?.status, 'stopped');
	table.remove(refOf('a'));
	assert.equal(names(table), 'b');
});

test('whatever happens in whatever order, it is what a plain map would be', () => {
	const table = createSourceTable();
	const model = new Map<string, Resource>();
	let seed = 3;
	const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
	for (let step = 0; step < 5000; step++) {
		const name = `n${random(60)}`;
		if (random(3) === 0) {
			assert.equal(table.remove(refOf(name)), model.delete(refOf(name)));
		} else {
			const next = row(name, {seenAt: step});
			table.set(next);
			model.set(refOf(name), next);
		}

		assert.equal(table.size(), model.size);
		assert.equal(table.get(refOf(name)), model.get(refOf(name)));
		if (random(20) === 0) {
			assert.deepEqual(table.values(), [...model.values()]);
		}
	}
});
