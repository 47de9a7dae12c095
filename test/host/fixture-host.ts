import {fileURLToPath} from 'node:url';
import {type CwsEvent, type NewEvent} from '../../source/core/event.ts';
import {type LogRecord, type PluginRecord} from '../../source/core/plugin.ts';
import {type PluginHost} from '../../source/core/ports/plugin-host.ts';
import {type PluginHostOptions} from '../../source/host/options.ts';
import {hostForTest} from '../helpers/host-for-test.ts';

export const fixture = (id: string): string => fileURLToPath(new URL(`../fixtures/plugins/${id}`, import.meta.url));

/** Short times, so that a hang is found while the test waits for it; still long enough for a busy machine. */
export const quick = {
	graceMs: 100,
	probeMs: 800,
	silentMs: 1500,
	zombieMs: 1000,
	backoffMs: 10,
	drainMs: 1000,
	stopMs: 500,
	shutdownMs: 500,
};

/** A host over fixtures with times short enough for a test. */
export const fixtureHost = (ids: readonly string[], options: Partial<PluginHostOptions> = {}) =>
	hostForTest(ids.map(fixture), {...options, limits: {...quick, ...options.limits}});

/** Everything a host tells its listeners, and a way to wait for it without a clock. */
export function listen(host: PluginHost) {
	const logs: LogRecord[] = [];
	const events: (NewEvent | CwsEvent)[] = [];
	const states: string[] = [];
	const waiting = new Set<() => void>();
	const wake = () => {
		for (const resume of waiting) {
			resume();
		}
	};

	host.subscribe({
		onLogs(batch) {
			logs.push(...batch);
			wake();
		},
		onEvents(batch) {
			events.push(...batch);
			wake();
		},
		onRecords(records) {
			states.push(...records.map(({state}) => state));
			wake();
		},
	});
	return {
		logs,
		events,
		states,
		async until(isThere: () => boolean) {
			while (!isThere()) {
				await new Promise<void>(resolve => {
					const resume = () => {
						waiting.delete(resume);
						resolve();
					};

					waiting.add(resume);
				});
			}
		},
	};
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
	const result: Item[] = [];
	for await (const item of items) {
		result.push(item);
	}

	return result;
}

export const recordOf = (host: PluginHost, id: string): PluginRecord => host.records().find(record => record.id === id)!;
