import assert from 'node:assert/strict';
import test from 'node:test';
import {type Resource} from '../../../source/core/resource.ts';
import {createOverlays} from '../../../source/engine/inventory/overlays.ts';
import {refOf, vm} from '../world.ts';

const row = (patch: Partial<Resource> = {}): Resource => ({...vm('a'), provider: 'lab', ref: refOf('a'), seenAt: 1, ...patch});

test('until it is accepted, an operation shows its own status over one that only lags', () => {
	const overlays = createOverlays();
	overlays.set(refOf('a'), {status: 'pending', expects: ['running'], isAccepted: false});
	assert.equal(overlays.apply(row()).status, 'pending');
	assert.equal(overlays.apply(row({status: 'stopping'})).status, 'stopping');
	overlays.set(refOf('a'), {status: 'pending', expects: ['running'], isAccepted: true});
	assert.equal(overlays.apply(row()).status, 'running');
	assert.equal(overlays.apply(row({status: 'stopped'})).status, 'pending');
});

test('at its end it gives back what the provider last showed', () => {
	const overlays = createOverlays();
	overlays.set(refOf('a'), {status: 'stopping', expects: [], isAccepted: false});
	const real = row({rawStatus: 'UP'});
	overlays.apply(real);
	assert.equal(overlays.clear(refOf('a')), real);
	assert.equal(overlays.apply(real), real);
	assert.equal(overlays.clear(refOf('a')), undefined);
});

test('a placeholder is adopted once, by a row of its name, type and provider', () => {
	const overlays = createOverlays();
	overlays.expect(row({ref: 'p'}));
	assert.equal(overlays.isPlaceholder('p'), true);
	assert.equal(overlays.adopt(row({provider: 'other'})), undefined);
	assert.equal(overlays.adopt(row({name: 'b'})), undefined);
	assert.equal(overlays.adopt(row()), 'p');
	assert.equal(overlays.adopt(row()), undefined);
	assert.equal(overlays.isPlaceholder('p'), false);
});
