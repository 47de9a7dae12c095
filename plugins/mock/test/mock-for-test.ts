import {type CallContext, type DeploySpec, type ProviderResource, type ResourceTarget} from 'cws/sdk';
import {type MockContext} from '../provider/context.ts';
import {createFaults, noFaults} from '../world/faults.ts';
import {createRandom} from '../world/random.ts';
import {createTiming} from '../world/timing.ts';
import {createWorld} from '../world/world.ts';

export const testNow = Date.UTC(2026, 10, 21, 12);

/** The fake providers without waiting, at one moment. */
export function mockForTest({resources = 42, seed = 7, faults = false, latencyMs = 0} = {}): MockContext {
	return {
		world: createWorld({count: resources, seed, hasFaults: faults, now: testNow}),
		timing: createTiming(latencyMs, createRandom(seed + 1)),
		faults: faults ? createFaults(createRandom(seed + 2)) : noFaults,
		log: {debug() {}, info() {}, warn() {}, error() {}},
		now: () => testNow,
	};
}

export const callForTest = (
	signal: AbortSignal = new AbortController().signal,
	progress: CallContext['progress'] = () => {},
): CallContext => ({
	signal,
	progress,
});

export const specForTest = (more: Partial<DeploySpec> = {}): DeploySpec => ({
	type: 'vm',
	name: 'web-1',
	fields: {},
	token: 'token-1',
	...more,
});

export const targetOf = (provider: string, {id, type, name, account, region}: ProviderResource): ResourceTarget => ({
	provider,
	id,
	type,
	name,
	account,
	region,
});

export async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
	const collected: Item[] = [];
	for await (const item of items) {
		collected.push(item);
	}

	return collected;
}
