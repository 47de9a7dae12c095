import {setTimeout as sleep} from 'node:timers/promises';
import {type CallContext, type ResourceChange} from 'cws/sdk';
import {type MockContext} from './context.ts';

const gatherMs = 100;

/** Pushes changes as they happen, those of a tenth of a second together. */
export async function* watch({world, faults}: MockContext, {signal}: CallContext): AsyncGenerator<readonly ResourceChange[]> {
	let changes: ResourceChange[] = [];
	let wake = () => {};
	const unsubscribe = world.subscribe(change => {
		changes.push(change);
		wake();
	});
	const stop = () => wake();
	signal.addEventListener('abort', stop, {once: true});
	try {
		while (!signal.aborted) {
			if (changes.length === 0) {
				await new Promise<void>(resolve => {
					wake = resolve;
				});
				await sleep(gatherMs, undefined, {signal}).catch(() => {});
			}

			const batch = changes.filter(change => isReachable(faults, change.provider));
			changes = [];
			if (batch.length > 0) {
				yield batch;
			}
		}
	} finally {
		signal.removeEventListener('abort', stop);
		unsubscribe();
	}
}

// A provider that lets nobody in pushes nothing either.
function isReachable(faults: MockContext['faults'], provider: string): boolean {
	try {
		faults.beforeCall(provider);
		return true;
	} catch {
		return false;
	}
}
