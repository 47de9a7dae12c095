import {ok, type Outcome} from '../../core/failure/outcome.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {type CommandInputs, type CommandResults} from '../command-types.ts';
import {type EngineParts} from '../engine-parts.ts';

/** Trusts the plugins of a folder, or takes that back, and looks for plugins again. */
export async function trustFolder(
	{host, saveTrust}: EngineParts,
	{folder, isTrusted}: CommandInputs['trustFolder'],
): Promise<Outcome<CommandResults['trustFolder']>> {
	const saved = saveTrust(folder, isTrusted);
	if (!saved.ok) {
		return saved;
	}

	await host.rescan();
	return ok({folder: saved.value, isTrusted});
}

/** Looks for plugins again, and checks the manifests of those that do not run. */
export const rescanPlugins = async ({host}: EngineParts): Promise<Outcome<readonly PluginRecord[]>> => ok(await host.rescan());
