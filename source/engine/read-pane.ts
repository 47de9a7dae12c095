import {failure} from '../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../core/failure/outcome.ts';
import {type PaneView} from '../core/pane-view.ts';
import {readPaneView} from '../core/read-pane-view.ts';
import {type PluginHost} from '../core/ports/plugin-host.ts';
import {type PaneRequest} from './engine.ts';
import {findPlugin} from './run/find-secret.ts';
import {unknownPlugin} from './run/manage-plugin.ts';

/** Asks a plugin what its pane shows now. A detail pane stands beside one resource. */
export async function readPane(
	host: Pick<PluginHost, 'records' | 'call'>,
	{plugin, pane, ref}: PaneRequest,
	signal?: AbortSignal,
): Promise<Outcome<PaneView>> {
	const record = findPlugin(host.records(), plugin);
	if (record === undefined) {
		return unknownPlugin(host.records(), plugin);
	}

	const contributed = record.manifest.contributes?.panes?.find(({id}) => id === pane);
	if (contributed === undefined) {
		return failed(failure('CWS_NOT_FOUND', {message: `The plugin \`${plugin}\` has no view \`${pane}\`.`}));
	}

	const answer = await host.call({
		plugin,
		method: `panes.${contributed.view}`,
		args: [ref === undefined ? {} : {ref}],
		...(signal !== undefined && {signal}),
	});
	if (!answer.ok) {
		return answer;
	}

	const read = readPaneView(answer.value);
	return read.ok
		? ok(read.view)
		: failed(
				failure('CWS_PLUGIN_PROTOCOL', {
					message: `The plugin \`${plugin}\` answered nonsense for its view \`${contributed.title}\`.`,
					cause: read.problem,
				}),
			);
}
