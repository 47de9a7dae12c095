import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {failure, type Failure} from '../../core/failure/failure.ts';
import {type Manifest} from '../../core/manifest.ts';
import {type PluginOrigin} from '../../core/plugin.ts';
import {safeText, safeValue} from '../../core/text/safe-text.ts';
import {type PluginDirectory} from '../options.ts';
import {checkShape} from './check-shape.ts';

export type DiscoveredPlugin = {
	readonly manifest: Manifest;
	readonly origin: PluginOrigin;
	readonly directory: string;
	readonly error?: Failure;
	/** The directory of the plugin of the same id that wins. */
	readonly shadowedBy?: string;
};

/**
Finds every `<directory>/<id>/plugin.json`. Synchronous and without a schema library, because the first frame shows the result;
the schema is checked before a plugin starts.
*/
export function discoverPlugins(directories: readonly PluginDirectory[]): readonly DiscoveredPlugin[] {
	const winners = new Map<string, string>();
	return directories
		.flatMap(({origin, directory}) => foldersOf(directory).map(folder => ({origin, directory: path.join(directory, folder)})))
		.map(place => ({...place, ...readManifest(place.directory)}))
		.map(plugin => {
			const winner = winners.get(plugin.manifest.id);
			winners.set(plugin.manifest.id, winner ?? plugin.directory);
			return winner === undefined ? plugin : {...plugin, shadowedBy: winner};
		});
}

/** The manifest of one folder; a stand-in with the error when it cannot be used. */
export function readManifest(directory: string): {readonly manifest: Manifest; readonly error?: Failure} {
	const file = path.join(directory, 'plugin.json');
	const folder = path.basename(directory);
	const standIn: Manifest = {id: safeText(folder), version: '0.0.0', title: safeText(folder), kind: 'provider', api: 0, main: ''};
	const problem = (field: string, message: string, fix?: string) =>
		failure('CWS_PLUGIN_MANIFEST', {
			message: field === '' ? `\`${file}\` ${message}.` : `\`${field}\` in \`${file}\` ${message}.`,
			...(fix !== undefined && {fix}),
			details: {file, field},
		});

	let value: unknown;
	try {
		value = JSON.parse(readFileSync(file, 'utf8'));
	} catch (error) {
		return {
			manifest: standIn,
			error: {...problem('', 'cannot be read'), cause: safeText((error as Error).message), fix: 'Mend the JSON, then reload the plugin.'},
		};
	}

	const wrong = checkShape(value);
	if (wrong !== undefined) {
		return {manifest: standIn, error: problem(wrong.field, wrong.message, wrong.fix)};
	}

	const manifest = safeValue(value as Manifest);
	return manifest.id === folder.replaceAll('_', '-')
		? {manifest}
		: {manifest: standIn, error: problem('id', `is \`${manifest.id}\`, but its folder is \`${folder}\``, 'Give both the same name.')};
}

function foldersOf(directory: string): readonly string[] {
	try {
		return readdirSync(directory, {withFileTypes: true})
			.filter(entry => (entry.isDirectory() || entry.isSymbolicLink()) && existsSync(path.join(directory, entry.name, 'plugin.json')))
			.map(entry => entry.name)
			.toSorted();
	} catch {
		return [];
	}
}
