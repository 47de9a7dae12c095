import {failure, type Failure} from '../../core/failure/failure.ts';
import {failed, mapOutcome, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {type PluginHost} from '../../core/ports/plugin-host.ts';
import {type InstallPreview, type PlacedPlugin} from '../../core/ports/plugin-installer.ts';
import {type CommandInputs} from '../command-types.ts';
import {type EngineParts} from '../engine-parts.ts';

export type InstallResult = {
	readonly plugin: string;
	readonly version: string;
	readonly previousVersion?: string;
	readonly directory: string;
	/** What its change log says about this version. */
	readonly changes?: string;
	/** Whether a running cws goes on with the old version until it starts again. */
	readonly needsRestart: boolean;
	/** What became of it: active, blocked until it is allowed, failed … */
	readonly record: PluginRecord;
};

type Parts = Pick<EngineParts, 'host' | 'installer'>;

export async function previewInstall(
	{installer}: Pick<Parts, 'installer'>,
	source: string,
	signal?: AbortSignal,
): Promise<Outcome<InstallPreview>> {
	const prepared = await installer.prepare(source, signal);
	if (prepared.ok) {
		await prepared.value.discard();
	}

	return mapOutcome(prepared, ({preview}) => preview);
}

/** The one rule of every face: nothing runs that was not shown and allowed, and an update takes over whole or not at all. */
export async function installPlugin(
	{host, installer}: Parts,
	{source, accepts}: CommandInputs['installPlugin'],
	signal?: AbortSignal,
): Promise<Outcome<InstallResult>> {
	const prepared = await installer.prepare(source, signal);
	if (!prepared.ok) {
		return prepared;
	}

	const {preview, commit, discard} = prepared.value;
	const refused = refusalOf(preview, accepts) ?? (signal?.aborted === true ? cancelled : undefined);
	if (refused !== undefined) {
		await discard();
		return failed(refused);
	}

	const placed = await commit();
	if (!placed.ok) {
		await discard();
		return placed;
	}

	const {id, version, hotReload = true} = preview.manifest;
	const {previousVersion, changes} = preview;
	const {directory} = placed.value;
	const own = () => host.records().find(record => record.directory === directory);
	await host.rescan();
	const started = await bringIn(host, {id, record: own(), isNew: previousVersion === undefined, isAllowed: accepts !== undefined});
	if (previousVersion !== undefined && !started.ok && isItsOwnFault(own())) {
		return failed(await takeBack(host, placed.value, {id, previousVersion, version, error: started.error}));
	}

	await placed.value.keep();
	const record = own();
	return record === undefined
		? failed(failure('CWS_INTERNAL', {message: `The plugin \`${id}\` was put into \`${directory}\` and is not found there.`}))
		: ok({
				plugin: id,
				version,
				...(previousVersion !== undefined && {previousVersion}),
				directory,
				...(changes !== undefined && {changes}),
				needsRestart: !hotReload,
				record,
			});
}

const cancelled = failure('CWS_CANCELLED', {message: 'Nothing was installed.'});

function refusalOf({manifest, consent, previousVersion, digest}: InstallPreview, accepts: string | undefined): Failure | undefined {
	const {id, version} = manifest;
	if (accepts !== undefined && accepts !== digest) {
		return failure('CWS_PLUGIN_CONSENT', {
			message: `The plugin \`${id}\` is not the one that was shown: its files changed meanwhile.`,
			fix: 'Look at it again, and allow it then.',
		});
	}

	return consent === undefined || accepts !== undefined || previousVersion === undefined
		? undefined
		: failure('CWS_PLUGIN_CONSENT', {
				message: `Version ${version} of the plugin \`${id}\` asks for what nobody has allowed yet; ${previousVersion} stays.`,
				cause: consent.needed.map(({title}) => title).join('; '),
				fix: 'Install it again and allow that, with --yes where nobody is asked.',
				details: {plugin: id, needed: consent.needed},
			});
}

type Fresh = {readonly id: string; readonly record: PluginRecord | undefined; readonly isNew: boolean; readonly isAllowed: boolean};

/** Starts it as far as it may. One that is hidden, turned off or refused stays what it is. */
async function bringIn(host: PluginHost, {id, record, isNew, isAllowed}: Fresh): Promise<Outcome<unknown>> {
	const {state, error} = record ?? {};
	if (
		state === undefined ||
		state === 'shadowed' ||
		state === 'disabled' ||
		(state === 'blocked' && error?.code !== 'CWS_PLUGIN_CONSENT')
	) {
		return ok(undefined);
	}

	return isAllowed ? host.grant(id) : isNew ? host.load(id) : host.reload(id);
}

// What others lack may come later; what its own code or manifest did will not change.
const isItsOwnFault = (record: PluginRecord | undefined): boolean => record?.stage !== 'resolve' && record?.consent === undefined;

async function takeBack(
	host: PluginHost,
	placed: PlacedPlugin,
	{
		id,
		previousVersion,
		version,
		error,
	}: {readonly id: string; readonly previousVersion: string; readonly version: string; readonly error: Failure},
): Promise<Failure> {
	const undone = await placed.undo();
	if (!undone.ok) {
		return undone.error;
	}

	await host.rescan();
	await host.reload(id);
	return failure('CWS_PLUGIN_FAILED', {
		message: `Version ${version} of the plugin \`${id}\` does not start; ${previousVersion} is back.`,
		cause: error.cause === undefined ? error.message : `${error.message} ${error.cause}`,
		fix: 'Tell its author, or install another version.',
	});
}
