import {failure} from '../../core/failure/failure.ts';
import {type PluginBadge, type PluginOrigin, type PluginRecord} from '../../core/plugin.ts';
import {type DiscoveredPlugin} from '../manifest/discover.ts';
import {unknownHealth} from '../supervisor/health-check.ts';

/** Nobody signs plugins yet; those of a folder somebody works in are not even finished. */
const badgeOf = (origin: PluginOrigin): PluginBadge | undefined =>
	origin === 'bundled' ? undefined : origin === 'directory' || origin === 'project' ? 'development' : 'unsigned';

/** What is shown of a plugin before anything of it has run. */
export function firstRecord(
	{manifest, origin, directory, error, refusal, shadowedBy, absent}: DiscoveredPlugin,
	{isDisabled, canRun}: {readonly isDisabled: boolean; readonly canRun: boolean},
): PluginRecord {
	const badge = badgeOf(origin);
	const base = {
		id: manifest.id,
		manifest,
		origin,
		directory,
		generation: 0,
		health: unknownHealth,
		healthHistory: [],
		strikes: 0,
		tasks: [],
		hooks: [],
		services: [],
		requires: [],
		denied: {count: 0},
		...(badge !== undefined && {badge}),
	};
	if (shadowedBy !== undefined) {
		return {
			...base,
			state: 'shadowed',
			error: failure('CWS_PLUGIN_DISABLED', {
				message: `\`${directory}\` is hidden by the plugin of the same id in \`${shadowedBy}\`.`,
				fix: 'Remove one of the two.',
			}),
		};
	}

	if (error !== undefined) {
		return {...base, state: 'failed', stage: 'manifest', error};
	}

	if (refusal !== undefined) {
		return {...base, state: 'blocked', ...refusal};
	}

	if (!canRun) {
		return {
			...base,
			state: 'blocked',
			stage: 'security',
			error: failure('CWS_NOT_SUPPORTED', {
				message: `The plugin \`${manifest.id}\` does not come with cws, and this version runs only plugins that do.`,
				fix: 'Remove it, or update cws.',
			}),
		};
	}

	return {...base, state: isDisabled ? 'disabled' : 'discovered', ...(absent !== undefined && {absent})};
}
