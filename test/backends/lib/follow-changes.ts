import assert from 'node:assert/strict';
import {type ProviderResource} from '../../../source/core/resource.ts';
import {type ResourceChange} from '../../../source/sdk/provider.ts';
import {type PluginUnderTest} from '../../plugins/plugin-under-test.ts';

type Known = ReadonlyMap<string, ProviderResource>;

/** What a plugin pushes, put together to the rows a dashboard would show, by `type name`. */
export type FollowedChanges = {
	readonly log: readonly ResourceChange[];
	/** Waits until the rows are so; tells the last changes when they never are. */
	readonly until: (isDone: (known: Known) => boolean) => Promise<void>;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

const patienceMs = 20_000;

export function followChanges(running: PluginUnderTest): FollowedChanges {
	const cancel = new AbortController();
	const log: ResourceChange[] = [];
	const known = new Map<string, ProviderResource>();
	let wake = Promise.withResolvers<void>();

	const following = (async () => {
		const changes = running.host.stream<ResourceChange>({plugin: 'docker', method: 'provider.watch', args: [], signal: cancel.signal});
		for await (const chunk of changes) {
			for (const change of chunk.ok ? chunk.value : []) {
				log.push(change);
				if (change.change === 'look') {
					continue;
				}

				const id = change.change === 'upsert' ? change.resource.id : change.id;
				for (const [key, row] of known) {
					if (row.id === id) {
						known.delete(key);
					}
				}

				if (change.change === 'upsert') {
					known.set(`${change.resource.type} ${change.resource.name}`, change.resource);
				}
			}

			wake.resolve();
		}
	})();

	return {
		log,
		async until(isDone) {
			const deadline = performance.now() + patienceMs;
			while (!isDone(known)) {
				wake = Promise.withResolvers();
				const left = deadline - performance.now();
				const timer = setTimeout(wake.resolve, Math.max(0, left));
				await wake.promise;
				clearTimeout(timer);
				assert.ok(left > 0, `never pushed; the last were ${JSON.stringify(log.slice(-5))}`);
			}
		},
		async [Symbol.asyncDispose]() {
			cancel.abort();
			await following;
		},
	};
}
