import {type Validate} from '../../core/schema/validate.ts';
import {checkManifest} from './check-manifest.ts';
import {type DiscoveredPlugin} from './discover.ts';

/** Checks in full every found plugin that may run and does not come with cws, so that a list says what is wrong before its start. */
export async function verifyPlugins(
	found: readonly DiscoveredPlugin[],
	{validator, cwsVersion}: {readonly validator: () => Promise<Validate>; readonly cwsVersion: string | undefined},
): Promise<readonly DiscoveredPlugin[]> {
	const verified: DiscoveredPlugin[] = [];
	for (const plugin of found) {
		const isKnown =
			plugin.origin === 'bundled' || plugin.error !== undefined || plugin.refusal !== undefined || plugin.shadowedBy !== undefined;
		const wrong = isKnown
			? undefined
			: await checkManifest(plugin.manifest, plugin.directory, {
					validate: await validator(),
					...(cwsVersion !== undefined && {cwsVersion}),
				});
		verified.push(
			wrong === undefined
				? plugin
				: wrong.code === 'CWS_PLUGIN_INCOMPATIBLE'
					? {...plugin, refusal: {stage: 'manifest', error: wrong}}
					: {...plugin, error: wrong},
		);
	}

	return verified;
}
