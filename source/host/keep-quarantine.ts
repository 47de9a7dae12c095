import {failure} from '../core/failure/failure.ts';
import {type PluginRecord} from '../core/plugin.ts';
import {type Clock} from '../core/ports/clock.ts';
import {type PluginHostOptions} from './options.ts';
import {type PluginTable} from './plugin-table.ts';

/** Remembers which versions failed too often, over the end of this process. */
export type KeepQuarantine = {
	/** Resolves when what was remembered has been put aside again; undefined when it has been. */
	readonly whenReady: () => Promise<void> | undefined;
	readonly add: (record: PluginRecord) => void;
	readonly lift: (id: string) => Promise<void>;
};

export function createKeepQuarantine(quarantine: PluginHostOptions['quarantine'], clock: Clock, table: () => PluginTable): KeepQuarantine {
	async function recall() {
		// The table is made by whoever made us, in the same turn.
		await Promise.resolve();
		const kept = (await quarantine?.readQuarantine()) ?? {ok: true as const, value: []};
		for (const {id, version, reason} of kept.ok ? kept.value : []) {
			const slot = table().get(id);
			// A new version gets a new chance.
			if (slot?.record().manifest.version === version) {
				slot.quarantine(reason);
			}
		}
	}

	let recalling = quarantine === undefined ? undefined : recall().finally(() => (recalling = undefined));
	return {
		whenReady: () => recalling,
		add({id, manifest: {version}, error}) {
			const reason = error ?? failure('CWS_PLUGIN_QUARANTINED', {message: `The plugin \`${id}\` failed too often.`});
			void quarantine?.saveQuarantine({id, version, at: clock.now(), reason});
		},
		async lift(id) {
			await quarantine?.liftQuarantine(id);
		},
	};
}
