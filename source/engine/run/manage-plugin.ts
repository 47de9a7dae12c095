import {failure} from '../../core/failure/failure.ts';
import {nearest} from '../../core/text/nearest.ts';
import {failed, type Outcome} from '../../core/failure/outcome.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {type CommandInputs} from '../command-types.ts';
import {type EngineParts} from '../engine-parts.ts';

type ManageId = 'enablePlugin' | 'disablePlugin' | 'reloadPlugin';

export async function managePlugin({host}: EngineParts, id: ManageId, {plugin}: CommandInputs[ManageId]): Promise<Outcome<PluginRecord>> {
	const records = host.records();
	if (!records.some(record => record.id === plugin)) {
		return unknownPlugin(records, plugin);
	}

	switch (id) {
		case 'enablePlugin': {
			return host.enable(plugin);
		}

		case 'disablePlugin': {
			return host.disable(plugin);
		}

		default: {
			return host.reload(plugin);
		}
	}
}

export function unknownPlugin(records: readonly PluginRecord[], plugin: string): Outcome<never> {
	const guess = nearest(
		plugin,
		records.map(({id}) => id),
	);
	return failed(
		failure('CWS_NO_PLUGIN', {message: `No plugin \`${plugin}\`.`, ...(guess !== undefined && {fix: `did you mean \`${guess}\`?`})}),
	);
}
