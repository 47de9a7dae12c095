import {failure} from '../core/failure/failure.ts';
import {type PluginRecord} from '../core/plugin.ts';
import {type PluginKeep} from '../core/ports/plugin-keep.ts';
import {type Suspects} from '../platform/suspects.ts';

type Quarantines = Pick<PluginKeep, 'readQuarantine' | 'saveQuarantine' | 'liftQuarantine'>;

/** The quarantine with those put into it that an earlier cws was ended by. */
export function blamePlugins({
	keep,
	suspects,
	now,
	records,
}: {
	readonly keep: Quarantines;
	readonly suspects: Pick<Suspects, 'takeDead'>;
	readonly now: () => number;
	/** The plugins that are there. */
	readonly records: () => readonly PluginRecord[];
}): Quarantines {
	return {
		saveQuarantine: keep.saveQuarantine,
		liftQuarantine: keep.liftQuarantine,
		async readQuarantine() {
			for (const id of suspects.takeDead()) {
				const version = records().find(record => record.id === id && record.state !== 'shadowed')?.manifest.version;
				if (version !== undefined) {
					await keep.saveQuarantine({id, version, at: now(), reason: blamed(id)});
				}
			}

			return keep.readQuarantine();
		},
	};
}

const blamed = (id: string) =>
	failure('CWS_PLUGIN_CRASHED', {
		message: `The plugin \`${id}\` was taking memory when cws was ended by the system.`,
		cause: 'It took it faster than it could be stopped.',
		fix: `Set \`plugins.${id}.isolation\` to \`process\`, then run \`cws plugin reload ${id}\`.`,
	});
