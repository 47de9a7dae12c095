import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Manifest} from '../../../source/core/manifest.ts';
import {type Candidate} from '../../../source/host/resolve/candidate.ts';
import {resolvePlugins} from '../../../source/host/resolve/resolve-plugins.ts';

const plugin = (id: string, parts: Partial<Manifest> = {}, obstacle?: string): Candidate => ({
	id,
	manifest: {id, version: '1.0.0', title: id, kind: 'system', api: 1, main: 'index.js', ...parts},
	...(obstacle !== undefined && {obstacle}),
});

test('what others need starts first, and ties go by alphabet', () => {
	const {order, problems} = resolvePlugins([
		plugin('zebra'),
		plugin('billing', {requires: {pricing: '^1'}}),
		plugin('prices', {provides: {pricing: '1.2.0'}}),
		plugin('apple', {dependencies: {zebra: '>=1'}}),
	]);
	assert.deepEqual(order, ['prices', 'billing', 'zebra', 'apple']);
	assert.equal(problems.size, 0);
});

test('a service nobody offers, or only in another version, says what is there', () => {
	const {problems, requirements, order} = resolvePlugins([
		plugin('a', {requires: {pricing: '^2'}}),
		plugin('b', {requires: {dns: '^1'}, optionalRequires: {notify: '^1'}}),
		plugin('c', {dependencies: {missing: '^1', prices: '^3'}}),
		plugin('prices', {provides: {pricing: '1.2.0'}}),
	]);
	assert.deepEqual(order, ['prices']);
	assert.equal(problems.get('a')?.cause, '`prices` offers version 1.2.0.');
	assert.match(problems.get('b')!.message, /needs the service `dns` \^1/);
	assert.equal(problems.get('b')?.cause, 'no plugin offers it.');
	assert.match(problems.get('c')!.message, /needs the plugin `missing` \^1/);
	assert.deepEqual(
		requirements.get('c')?.map(({problem}) => problem),
		['it is not installed', 'it is installed in version 1.0.0'],
	);
	assert.equal(requirements.get('b')?.[1]?.isOptional, true);
});

test('a circle is explained to each of its members, and to those behind it as the reason of another', () => {
	const {problems, order} = resolvePlugins([
		plugin('c', {provides: {c: '1.0.0'}, requires: {a: '^1'}}),
		plugin('a', {provides: {a: '1.0.0'}, requires: {b: '^1'}}),
		plugin('b', {provides: {b: '1.0.0'}, requires: {c: '^1'}}),
		plugin('behind', {requires: {b: '^1'}}),
		plugin('further', {dependencies: {behind: '*'}}),
		plugin('free'),
	]);
	assert.deepEqual(order, ['free']);
	for (const id of ['a', 'b', 'c']) {
		assert.equal(problems.get(id)?.message, `The plugin \`${id}\` needs itself: \`a\` → \`b\` → \`c\` → \`a\`.`);
	}

	assert.match(problems.get('behind')!.message, /needs the service `b` \^1 of `b`, which cannot run/);
	assert.match(problems.get('further')!.cause!, /`behind` needs the service/);
});

test('a circle of optional needs holds nobody up', () => {
	const {order, problems} = resolvePlugins([
		plugin('b', {provides: {b: '1.0.0'}, optionalRequires: {a: '^1'}}),
		plugin('a', {provides: {a: '1.0.0'}, optionalRequires: {b: '^1'}}),
	]);
	assert.deepEqual(order, ['a', 'b']);
	assert.equal(problems.size, 0);
});

test('a plugin that cannot run is named with its reason, and another that offers the same takes its place', () => {
	const offers = {provides: {pricing: '1.0.0'}};
	const asker = plugin('asker', {requires: {pricing: '^1'}});
	const alone = resolvePlugins([asker, plugin('prices', offers, 'is disabled')]);
	assert.equal(alone.problems.get('asker')?.cause, '`prices` offers it but is disabled.');
	const both = resolvePlugins([asker, plugin('prices', offers, 'is disabled'), plugin('rates', offers)]);
	assert.equal(both.requirements.get('asker')?.[0]?.metBy, 'rates');
});

test('of several the newest that fits is taken, then by alphabet, and never oneself', () => {
	const {requirements} = resolvePlugins([
		plugin('old', {provides: {pricing: '1.0.0'}}),
		plugin('new', {provides: {pricing: '1.9.0'}}),
		plugin('next', {provides: {pricing: '2.0.0'}}),
		plugin('asker', {provides: {pricing: '1.99.0'}, requires: {pricing: '^1'}}),
	]);
	assert.equal(requirements.get('asker')?.[0]?.metBy, 'new');
});
