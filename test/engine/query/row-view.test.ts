import assert from 'node:assert/strict';
import {test} from 'node:test';
import {amount, free, type Money} from '../../../source/core/money/money.ts';
import {type Resource} from '../../../source/core/resource.ts';
import {everything, type Filter, parseFilter} from '../../../source/engine/query/filter.ts';
import {createRowView, type RowQuery} from '../../../source/engine/query/row-view.ts';
import {defaultSort, type SortColumn} from '../../../source/engine/query/sort.ts';
import {resource, source} from './resource-samples.ts';

const priced = (name: string, hourly: Money, more: Partial<Resource> = {}) =>
	resource(name, {cost: {hourly, components: [], confidence: 'exact', notCounted: []}, ...more});

const filterOf = (text: string): Filter => {
	const parsed = parseFilter(text);
	assert.ok(parsed.ok);
	return parsed.value;
};

const queryOf = (resources: readonly Resource[], more: Partial<RowQuery> = {}): RowQuery => ({
	sources: [source(resources)],
	filter: everything,
	sort: defaultSort,
	...more,
});

const names = (rows: readonly Resource[]) => rows.map(({name}) => name);

test('what costs most comes first, then the unknown, then the free; equal prices by name', () => {
	const {rows, total} = createRowView().rows(
		queryOf([priced('b', free('local')), resource('c'), priced('fold-17', amount(1)), priced('fold-2', amount(1)), priced('d', amount(2))]),
	);
	assert.deepEqual(names(rows), ['d', 'fold-2', 'fold-17', 'c', 'b']);
	assert.equal(total, 5);
});

test('every column sorts both ways, and what has no value comes last both ways', () => {
	const young = resource('young', {createdAt: 2000, size: 't3.large', region: 'b', type: 'job', provider: 'x'});
	const old = resource('old', {createdAt: 1000, size: 'g5.large', region: 'a', status: 'failed'});
	const bare = resource('bare');
	const sorted = (column: SortColumn, isDescending: boolean) =>
		names(createRowView().rows(queryOf([young, old, bare], {sort: {column, isDescending}})).rows);
	assert.deepEqual(sorted('age', false), ['young', 'old', 'bare']);
	assert.deepEqual(sorted('age', true), ['old', 'young', 'bare']);
	assert.deepEqual(sorted('size', false), ['old', 'young', 'bare']);
	assert.deepEqual(sorted('where', true), ['young', 'old', 'bare']);
	assert.deepEqual(sorted('name', true), ['young', 'old', 'bare']);
	assert.deepEqual(sorted('status', false), ['old', 'bare', 'young']);
	assert.deepEqual(sorted('type', false), ['young', 'bare', 'old']);
	assert.deepEqual(sorted('provider', true), ['young', 'bare', 'old']);
});

test('the same input gives the same array, and so does a change that no shown row has', () => {
	const view = createRowView();
	const [a, b] = [resource('a'), resource('b')];
	const filter = filterOf('name:a');
	const before = view.rows(queryOf([a, b], {filter}));
	assert.equal(view.rows(queryOf([a, b], {filter})), before);
	assert.equal(view.rows(queryOf([a, {...b, status: 'stopped'}], {filter})), before);
	assert.notEqual(view.rows(queryOf([{...a, status: 'stopped'}, b], {filter})), before);
});

test('a changed row is shown changed, and moves when its price does', () => {
	const view = createRowView();
	const [a, b, c] = [priced('a', amount(3)), priced('b', amount(2)), priced('c', amount(1))];
	view.rows(queryOf([a, b, c]));
	assert.equal(view.rows(queryOf([a, {...b, status: 'stopping'}, c])).rows[1]!.status, 'stopping');
	assert.deepEqual(names(view.rows(queryOf([a, b, priced('c', amount(9))])).rows), ['c', 'a', 'b']);
});

test('a row that begins to match appears, one that ends to match goes', () => {
	const view = createRowView();
	const filter = filterOf('state:running');
	const [a, b] = [resource('a'), resource('b', {status: 'stopped'})];
	assert.deepEqual(names(view.rows(queryOf([a, b], {filter})).rows), ['a']);
	assert.deepEqual(
		names(
			view.rows(
				queryOf(
					[
						{...a, status: 'stopped'},
						{...b, status: 'running'},
					],
					{filter},
				),
			).rows,
		),
		['b'],
	);
});

test('the text of a row follows its changes', () => {
	const view = createRowView();
	const a = resource('a', {tags: {team: 'blue'}});
	assert.equal(view.rows(queryOf([a], {filter: filterOf('blue')})).rows.length, 1);
	assert.equal(view.rows(queryOf([{...a, tags: {team: 'red'}}], {filter: filterOf('blue')})).rows.length, 0);
});

test('rows stay by failed sources after the live ones, one group for each provider', () => {
	const gcp = (name: string, price: number, type: string) => priced(name, amount(price), {provider: 'gcp', type});
	const sources = [
		source([gcp('old-vm-1', 9, 'vm')], {key: 'gcp/vm', provider: 'gcp', phase: 'failed', isStale: true}),
		source([priced('a', amount(1)), priced('b', amount(2))]),
		source([gcp('old-db', 10, 'database')], {key: 'gcp/database', provider: 'gcp', type: 'database', phase: 'failed', isStale: true}),
	];
	const view = createRowView();
	const grouped = view.rows({sources, filter: everything, sort: defaultSort, groupStale: true});
	assert.deepEqual(names(grouped.rows), ['b', 'a', 'old-db', 'old-vm-1']);
	assert.deepEqual(grouped.staleGroups, [{provider: 'gcp', start: 2, count: 2}]);
	const mixed = view.rows({sources, filter: everything, sort: defaultSort});
	assert.deepEqual(names(mixed.rows), ['old-db', 'old-vm-1', 'b', 'a']);
	assert.deepEqual(mixed.staleGroups, []);
});

test('a source that recovers gives its rows back to the order', () => {
	const view = createRowView();
	const resources = [priced('a', amount(9))];
	const live = source([priced('b', amount(1))], {key: 'x/vm', provider: 'x'});
	const query = (phase: 'failed' | 'live') => ({
		sources: [source(resources, {phase}), live],
		filter: everything,
		sort: defaultSort,
		groupStale: true,
	});
	assert.deepEqual(names(view.rows(query('failed')).rows), ['b', 'a']);
	assert.deepEqual(names(view.rows(query('live')).rows), ['a', 'b']);
});

test('attention leaves what failed or is in an unknown state', () => {
	const rows = createRowView().rows(
		queryOf([resource('fine'), resource('broken', {status: 'failed'}), resource('lost', {status: 'unknown'})], {attentionOnly: true}),
	);
	assert.deepEqual(names(rows.rows), ['broken', 'lost']);
	assert.equal(rows.total, 3);
});

test('sources come and go without mixing up their rows', () => {
	const view = createRowView();
	const one = source([resource('a')]);
	const two = source([resource('b', {provider: 'x'})], {key: 'x/vm', provider: 'x', phase: 'failed'});
	const rows = (sources: RowQuery['sources']) => names(view.rows({sources, filter: everything, sort: defaultSort, groupStale: true}).rows);
	assert.deepEqual(rows([two, one]), ['a', 'b']);
	assert.deepEqual(rows([one]), ['a']);
	assert.deepEqual(rows([one, two]), ['a', 'b']);
	assert.deepEqual(rows([]), []);
});

test('a resource that a provider lists twice does not stay behind', () => {
	const view = createRowView();
	const [a, b] = [resource('a'), resource('b')];
	assert.equal(view.rows(queryOf([a, a, b])).rows.length, 3);
	assert.deepEqual(names(view.rows(queryOf([b, a])).rows), ['a', 'b']);
	assert.deepEqual(names(view.rows(queryOf([])).rows), []);
});

test('after any sequence of changes the rows are those a fresh view would give', () => {
	const random = createRandom(7);
	const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
	const make = (number: number) =>
		priced(`web-${number}`, pick([amount(1), amount(2), free('x')]), {
			status: pick(['running', 'stopped', 'failed']),
			owner: pick(['ada', 'bo']),
		});
	const view = createRowView();
	let resources = Array.from({length: 40}, (_, index) => make(index));
	for (let step = 0; step < 300; step++) {
		const at = Math.floor(random() * (resources.length + 1));
		const count = Math.floor(random() * 4);
		const more = Array.from({length: Math.floor(random() * 4)}, () => make(Math.floor(random() * 60))).filter(
			({ref}) => !resources.some(one => one.ref === ref),
		);
		resources = pick([
			() => resources.toSpliced(at, count, ...more.filter(({ref}, index) => more.findIndex(one => one.ref === ref) === index)),
			() => resources.map(one => (random() < 0.1 ? make(Number(one.name.slice(4))) : one)),
			() => resources.toReversed(),
			() => resources,
		])();
		const query = queryOf(resources, {
			filter: filterOf(pick(['', 'web', 'web-1', 'web-12', 'ada', '!ada', 'state:running', 'price:free 1'])),
			sort: {column: pick(['hourly', 'name', 'status']), isDescending: random() < 0.5},
			attentionOnly: random() < 0.1,
		});
		assert.deepEqual(view.rows(query), createRowView().rows(query));
	}
});

test('after any sequence of small changes below one filter and order the rows are those a fresh view would give', () => {
	const random = createRandom(11);
	const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
	const make = (provider: string, number: number) =>
		priced(`web-${number}`, pick([amount(1), amount(2), free('x')]), {provider, status: pick(['running', 'stopped', 'failed'])});
	for (const text of ['', 'state:running', 'web-1']) {
		for (const attentionOnly of [false, true]) {
			const view = createRowView();
			const providers = ['aws', 'gcp', 'lab'].map(provider => ({
				provider,
				resources: Array.from({length: 20}, (_, index) => make(provider, index)),
			}));
			const [filter, column, isDescending] = [filterOf(text), pick<SortColumn>(['hourly', 'name', 'status']), random() < 0.5];
			for (let step = 0; step < 150; step++) {
				const one = pick(providers);
				const at = Math.floor(random() * (one.resources.length + 1));
				const numbers = new Set(one.resources.map(({name}) => Number(name.slice(4))));
				const fresh = [Math.floor(random() * 40)].filter(number => !numbers.has(number));
				one.resources = pick([
					() => one.resources.toSpliced(at, Math.floor(random() * 2), ...fresh.map(number => make(one.provider, number))),
					() => one.resources.map(each => (random() < 0.1 ? make(one.provider, Number(each.name.slice(4))) : each)),
				])();
				const query: RowQuery = {
					sources: providers.map(({provider, resources}) =>
						source(resources, {key: `${provider}/vm`, provider, phase: provider === 'aws' ? 'live' : 'failed'}),
					),
					filter,
					sort: {column, isDescending},
					attentionOnly,
					groupStale: true,
				};
				assert.deepEqual(view.rows(query), createRowView().rows(query));
			}
		}
	}
});

test('warming prepares every row once', () => {
	const view = createRowView();
	view.rows(queryOf([resource('a'), resource('b'), resource('c')]));
	assert.equal(view.warm(2), true);
	assert.equal(view.warm(2), false);
});

function createRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
		return state / 2_147_483_648;
	};
}
