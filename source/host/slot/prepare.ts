import {existsSync, mkdirSync, renameSync} from 'node:fs';
import path from 'node:path';
import {failure, type Failure, toFailure} from '../../core/failure/failure.ts';
import {ok} from '../../core/failure/outcome.ts';
import {type LoadStage, type PluginRecord} from '../../core/plugin.ts';
import {type SecretStore} from '../../core/ports/secrets.ts';
import {type Validate} from '../../core/schema/validate.ts';
import {checkManifest} from '../manifest/check-manifest.ts';
import {defaultsOf, pluginConfig, saysNothing} from '../manifest/plugin-config.ts';
import {ownFolder} from '../own-folder.ts';
import {withSecrets} from './config-secrets.ts';
import {type InitializeArgument} from '../protocol/messages.ts';

export type Prepared =
	| {readonly ok: true; readonly main: string; readonly initialize: InitializeArgument}
	| {readonly ok: false; readonly stage: LoadStage; readonly error: Failure};

/** Everything that must be right before a worker is worth its start: the manifest, the options, the directories. */
export async function prepare(
	record: PluginRecord,
	{
		validator,
		isChecked,
		cwsVersion,
		options,
		directories,
		hasBundled,
		secrets,
	}: {
		readonly validator: () => Promise<Validate>;
		/** Whoever built this cws checked the manifest, with the defaults of its options. */
		readonly isChecked: boolean;
		readonly cwsVersion: string | undefined;
		readonly options: Readonly<Record<string, unknown>> | undefined;
		readonly directories: {readonly data: string; readonly cache: string};
		readonly hasBundled: (id: string) => boolean;
		readonly secrets?: Pick<SecretStore, 'has' | 'get'> | undefined;
	},
): Promise<Prepared> {
	const {id, manifest, directory} = record;
	const wrong = isChecked
		? undefined
		: await checkManifest(manifest, directory, {validate: await validator(), ...(cwsVersion !== undefined && {cwsVersion})});
	if (wrong !== undefined) {
		return {ok: false, stage: 'manifest', error: wrong};
	}

	const resolved = await withSecrets(record, options, secrets);
	if (!resolved.ok) {
		return {ok: false, stage: 'validate', error: resolved.error};
	}

	const config =
		isChecked && saysNothing(manifest, resolved.value)
			? ok(defaultsOf(manifest))
			: pluginConfig(manifest, resolved.value, await validator());
	if (!config.ok) {
		return {ok: false, stage: 'validate', error: config.error};
	}

	const folder = ownFolder(record);
	const own = {data: path.join(directories.data, folder), cache: path.join(directories.cache, folder)};
	try {
		for (const [parent, place] of [
			[directories.data, own.data],
			[directories.cache, own.cache],
		] as const) {
			makeDirectory(parent);
			if (record.origin === 'user' && !hasBundled(id)) {
				takeOver(path.join(parent, id), place);
			}

			makeDirectory(place);
		}
	} catch (error) {
		const message = `The directory of the plugin \`${id}\` cannot be made.`;
		return {ok: false, stage: 'initialize', error: failure('CWS_READ_ONLY', {message, cause: toFailure(error).message})};
	}

	return {ok: true, main: path.join(directory, manifest.main), initialize: {id, config: config.value, directories: own}};
}

// Folders were named by the id alone once. Where no other plugin of cws has the id, that was this one.
function takeOver(old: string, own: string): void {
	if (existsSync(old) && !existsSync(own)) {
		renameSync(old, own);
	}
}

// Not the recursive form, which never returns below a directory like /proc; what lies above is made by the one who started us.
function makeDirectory(directory: string): void {
	if (!existsSync(directory)) {
		mkdirSync(directory);
	}
}
