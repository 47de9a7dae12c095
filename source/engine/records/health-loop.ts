import {type PluginRecord} from '../../core/plugin.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type PluginHost} from '../../core/ports/plugin-host.ts';

const everyMs = 30_000;

export type HealthLoop = {
	/** Asks at once those that have just become active. */
	readonly onRecords: (records: readonly PluginRecord[]) => void;
	readonly stop: () => void;
};

/** Asks every active plugin how it is, all at the same time; a cold one is left cold. */
export function startHealthLoop(host: PluginHost, clock: Clock): HealthLoop {
	const asked = new Map<string, number>();
	const inFlight = new Set<string>();

	const ask = async (id: string) => {
		if (inFlight.has(id)) {
			return;
		}

		inFlight.add(id);
		await host.checkHealth(id);
		inFlight.delete(id);
	};

	const onRecords = (records: readonly PluginRecord[]) => {
		for (const {id, state, generation} of records) {
			if (state === 'active' && asked.get(id) !== generation) {
				asked.set(id, generation);
				void ask(id);
			}
		}
	};

	onRecords(host.records());
	const stop = clock.every(everyMs, () => {
		for (const {id, state} of host.records()) {
			if (state === 'active') {
				void ask(id);
			}
		}
	});
	return {onRecords, stop};
}
