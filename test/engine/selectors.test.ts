import assert from 'node:assert/strict';
import test from 'node:test';
import {failure} from '../../source/core/failure/failure.ts';
import {known} from '../../source/core/money/money.ts';
import {type Operation} from '../../source/core/operation.ts';
import {formatRef} from '../../source/core/reference.ts';
import {type Resource} from '../../source/core/resource.ts';
import {attentionOf} from '../../source/engine/selectors/attention.ts';
import {burnTotal} from '../../source/engine/selectors/burn.ts';
import {countResources} from '../../source/engine/selectors/counts.ts';
import {disabledReason} from '../../source/engine/selectors/disabled-reason.ts';
import {summaryOf} from '../../source/engine/selectors/source-summary.ts';
import {type EngineState, type SourceState} from '../../source/engine/state.ts';
import {fakePlugin} from '../helpers/fake-host.ts';
import {vm, vmType} from './world.ts';

const now = Date.UTC(2026, 0, 15);

const row = (name: string, patch: Partial<Resource> = {}): Resource => ({
	...vm(name),
	provider: 'lab',
	ref: formatRef({provider: 'lab', type: 'vm', id: `i-${name}`}),
	seenAt: now,
	...patch,
});

const priced = (nanos: number, stopped?: number): Pick<Resource, 'cost'> => ({
	cost: {
		hourly: known(nanos),
		...(stopped !== undefined && {stoppedHourly: known(stopped)}),
		components: [],
		confidence: 'exact',
		notCounted: [],
	},
});

const source = (key: string, resources: readonly Resource[], patch: Partial<SourceState> = {}): SourceState => ({
	key,
	plugin: 'lab',
	provider: 'lab',
	type: 'vm',
	phase: 'live',
	resources,
	seenAt: now,
	isStale: false,
	isRefreshing: false,
	missing: [],
	skipped: 0,
	...patch,
});

const active = fakePlugin('lab', [vmType], {state: 'active', health: {status: 'pass'}});

const stateWith = (patch: Partial<EngineState>): EngineState =>
	({plugins: [active], sources: [], operations: [], isReadOnly: false, hoursPerMonth: 720, ...patch}) as EngineState;

const operation = (patch: Partial<Operation>): Operation => ({
	id: 'op',
	action: 'stop',
	provider: 'lab',
	type: 'vm',
	name: 'a',
	ref: row('a').ref,
	state: 'requested',
	expects: ['stopped'],
	requestedAt: now,
	updatedAt: now,
	cli: '',
	origin: 'tui',
	pid: 1,
	input: {},
	...patch,
});

test('the burn counts what runs at its rate, what is stopped at what goes on billing, and holes as holes', () => {
	const state = stateWith({
		sources: [
			source('burn/vm', [
				row('a', priced(2_000_000_000)),
				row('b', {status: 'stopped', ...priced(5_000_000_000, 100_000_000)}),
				row('c', {status: 'stopped', ...priced(1)}),
				row('d'),
			]),
		],
	});
	assert.deepEqual(burnTotal(state), {amounts: [{currency: 'USD', nanos: 2_100_000_000}], unpriced: 2, free: 0, usage: 0});
	assert.equal(burnTotal(state), burnTotal(state));
});

test('counting after changes gives the same as counting anew, whatever changed', () => {
	const statuses = ['running', 'stopped', 'failed', 'creating'] as const;
	let seed = 7;
	const random = (below: number) => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
	let rows: readonly Resource[] = Array.from({length: 50}, (_, index) => row(`n${index}`, priced(index * 1000, index)));
	for (let step = 0; step < 300; step++) {
		const at = random(rows.length);
		const kind = random(4);
		if (kind === 0) {
			rows = rows.toSpliced(at, 1);
		} else if (kind === 1) {
			rows = [...rows, row(`x${step}`, random(2) === 0 ? {} : priced(random(10_000)))];
		} else if (kind === 2) {
			rows = rows.toReversed();
		} else {
			rows = rows.with(at, {...rows[at]!, status: statuses[random(4)]!});
		}

		const grown = summaryOf({key: 'grown', resources: rows});
		const fresh = summaryOf({key: `fresh${step}`, resources: rows});
		assert.deepEqual({...grown, failed: new Set(grown.failed)}, {...fresh, failed: new Set(fresh.failed)});
	}
});

test('the counts have each resource once', () => {
	const state = stateWith({
		sources: [
			source('a/vm', [row('a'), row('b', {status: 'stopped'})]),
			source('b/vm', [row('c', {status: 'failed'}), row('d', {status: 'stopping'})]),
		],
	});
	assert.deepEqual(countResources(state), {resources: 4, running: 2, needAttention: 1});
});

test('attention goes to failed resources, silent sources, failed operations and unwell plugins', () => {
	const warn = fakePlugin('slow', [], {state: 'active', health: {status: 'warn', output: 'it took 2.1 s', fix: 'look at it'}});
	const state = stateWith({
		plugins: [active, warn],
		sources: [
			source('att/vm', [row('a', {status: 'failed', statusReason: 'out of memory'})]),
			source('att/disk', [], {phase: 'failed', error: failure('CWS_PROVIDER_UNAVAILABLE', {message: 'no answer'})}),
			source('att/db', [], {phase: 'partial', missing: [{account: 'prod', reason: 'the login ended', needsLogin: true, fix: 'log in'}]}),
			source('att/net', [], {phase: 'partial', missing: [{region: 'west', reason: 'throttled'}]}),
		],
		operations: [operation({name: 'z', ref: undefined, state: 'diverged', endedAt: now})],
	});
	assert.deepEqual(
		attentionOf(state).map(({kind, key, reason, fix}) => [kind, key, reason, fix]),
		[
			['plugin', 'slow', 'it took 2.1 s', 'look at it'],
			['source', 'att/disk', 'no answer', undefined],
			['source', 'att/db', 'the login ended', 'log in'],
			['operation', 'op', 'stop diverged', undefined],
			['resource', row('a').ref, 'out of memory', undefined],
		],
	);
	assert.equal(attentionOf(state), attentionOf({...state}));
});

test('a plugin that is down stands for its sources', () => {
	const down = {...active, state: 'quarantined', error: failure('CWS_PLUGIN_QUARANTINED', {message: 'it crashed too often'})} as const;
	const state = stateWith({plugins: [down], sources: [source('down/vm', [], {phase: 'failed'})]});
	assert.deepEqual(
		attentionOf(state).map(({key}) => key),
		['lab'],
	);
});

test('a plugin of a folder nobody trusts asks for no attention', () => {
	const blockedFor = (code: 'CWS_PLUGIN_UNTRUSTED' | 'CWS_PLUGIN_CONSENT') =>
		attentionOf(stateWith({plugins: [{...active, state: 'blocked', error: failure(code, {message: 'not yet'})}], sources: []})).length;
	assert.deepEqual([blockedFor('CWS_PLUGIN_UNTRUSTED'), blockedFor('CWS_PLUGIN_CONSENT')], [0, 1]);
});

test('a retry that worked, or an hour, settles a failed operation', () => {
	const failedOnce = operation({id: 'old', state: 'failed', endedAt: now - 1000});
	const count = (operations: readonly Operation[]) => attentionOf(stateWith({operations, sources: [source('settled/vm', [])]})).length;
	assert.equal(count([failedOnce]), 1);
	assert.equal(count([operation({id: 'new', state: 'verified', endedAt: now}), failedOnce]), 0);
	assert.equal(count([operation({state: 'failed', endedAt: now - 3_700_000})]), 0);
});

test('an action says why it is off: state, type, protection, provider, operation, mode, plugin', () => {
	const diskType = {type: 'disk', operations: ['list' as const]};
	const plugins = [fakePlugin('lab', [vmType, diskType], {state: 'active'})];
	const state = stateWith({plugins});
	assert.equal(disabledReason(state, row('a'), 'stop'), undefined);
	assert.equal(disabledReason(state, row('a'), 'start'), 'it is running');
	assert.equal(disabledReason(state, row('a', {type: 'disk'}), 'stop'), 'lab cannot stop a disk');
	assert.equal(disabledReason(state, row('a', {type: 'disk'}), 'logs'), 'a disk has no log');
	assert.equal(disabledReason(state, row('a', {type: 'disk', protected: 'cws runs on it'}), 'destroy'), 'cws runs on it');
	assert.equal(disabledReason(state, row('a', {provider: 'gone'}), 'stop'), 'no plugin manages vm of gone');
	assert.equal(disabledReason(state, row('a', {protected: 'it is this machine'}), 'destroy'), 'it is this machine');
	assert.equal(disabledReason(state, row('a', {disabled: {connect: 'no shell in it'}}), 'connect'), 'no shell in it');
	assert.equal(disabledReason({...state, operations: [operation({})]}, row('a'), 'restart'), 'stop is running');
	assert.equal(disabledReason({...state, operations: [operation({})]}, row('a'), 'logs'), undefined);
	assert.equal(disabledReason({...state, isReadOnly: true}, row('a'), 'stop'), 'read-only mode');
	assert.equal(disabledReason({...state, isReadOnly: true}, row('a'), 'logs'), undefined);
	const backoff = stateWith({plugins: [{...plugins[0]!, state: 'backoff'}]});
	assert.equal(disabledReason(backoff, row('a'), 'stop'), 'plugin lab is not active: backoff');
	assert.equal(disabledReason(stateWith({plugins: [{...plugins[0]!, state: 'discovered'}]}), row('a'), 'stop'), undefined);
	assert.equal(disabledReason(state, row('a', {status: 'deleting'}), 'destroy'), 'it is deleting');
});
