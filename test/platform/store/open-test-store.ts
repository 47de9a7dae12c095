import assert from 'node:assert/strict';
import {type TestContext} from 'node:test';
import {type Clock} from '../../../source/core/ports/clock.ts';
import {type Operation} from '../../../source/core/operation.ts';
import {type Outcome} from '../../../source/core/failure/outcome.ts';
import {type StoredSource, type Store} from '../../../source/core/ports/store.ts';
import {type Resource} from '../../../source/core/resource.ts';
import {ownProcess, type ProcessIdentity} from '../../../source/platform/process.ts';
import {openStore} from '../../../source/platform/store/open-store.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';

export const workerUrl = new URL('../../../source/platform/store/store-worker.ts', import.meta.url);

export async function openTestStore(
	t: TestContext,
	file: string,
	{
		clock = createFakeClock(),
		owner = ownProcess(),
		isHere = false,
	}: {readonly clock?: Clock; readonly owner?: ProcessIdentity; readonly isHere?: boolean} = {},
): Promise<Store> {
	const store = await openStore({file, workerUrl: isHere ? undefined : workerUrl, clock, pid: owner.pid, startTime: owner.startTime});
	t.after(() => store.close());
	return store;
}

export function valueOf<Value>(outcome: Outcome<Value>): Value {
	assert.ok(outcome.ok, outcome.ok ? '' : JSON.stringify(outcome.error));
	return outcome.value;
}

export const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'ok' : outcome.error.code);

export const resource = (name: string, seenAt: number, changes: Partial<Resource> = {}): Resource => ({
	id: name,
	type: 'vm',
	name,
	status: 'running',
	rawStatus: 'RUNNING',
	ref: `mock/-/-/vm/${name}`,
	provider: 'mock',
	seenAt,
	...changes,
});

export const source = (seenAt: number, resources: readonly Resource[]): StoredSource => ({
	key: 'mock/vm',
	provider: 'mock',
	plugin: 'mock',
	type: 'vm',
	seenAt,
	resources,
});

export const operation = (id: string, changes: Partial<Operation> = {}): Operation => ({
	id,
	action: 'deploy',
	provider: 'mock',
	type: 'vm',
	name: 'web-1',
	state: 'requested',
	expects: ['running'],
	requestedAt: 1,
	updatedAt: 1,
	cli: 'cws deploy vm web-1',
	origin: 'cli',
	pid: process.pid,
	input: {name: 'web-1'},
	...changes,
});
