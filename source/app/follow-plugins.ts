import {isDeepStrictEqual} from 'node:util';
import {type PluginRecord} from '../core/plugin.ts';
import {pluginKey} from '../core/plugin-key.ts';
import {type PluginHost} from '../core/ports/plugin-host.ts';
import {type PluginKeep, type StoredGrant} from '../core/ports/plugin-keep.ts';
import {isHalfWritten, type LoadedSettings} from '../core/settings.ts';

type Options = {
	readonly host: Pick<PluginHost, 'records' | 'subscribe' | 'rescan' | 'reload' | 'deny' | 'followDisabled'>;
	readonly keep: Pick<PluginKeep, 'readGrants'>;
	readonly read: () => LoadedSettings;
	/** Changes with the files of a plugin. */
	readonly printOf: (record: PluginRecord) => string;
};

export type PluginsFollower = {
	/** Plugins came, went or were replaced. */
	readonly folders: () => Promise<void>;
	/** The settings file changed: plugins were turned on or off. */
	readonly settings: () => Promise<void>;
	/** The database changed: plugins may have been allowed or refused. */
	readonly grants: () => Promise<void>;
	readonly stop: () => void;
};

/** Does here what another cws, or a person with an editor, did to the plugins: install, update, remove, allow, refuse, turn on and off. */
export function createPluginsFollower({host, keep, read, printOf}: Options): PluginsFollower {
	/** The files each worker came from, by folder. */
	const prints = new Map<string, {readonly generation: number; readonly print: string}>();
	let known: ReadonlyMap<string, StoredGrant> | undefined;
	let queue: Promise<unknown> = Promise.resolve();

	function inTurn(work: () => Promise<void>): Promise<void> {
		const done = queue.then(work);
		queue = done.catch(() => {});
		return done;
	}

	const installed = () => host.records().filter(({origin, state}) => origin === 'user' && state !== 'shadowed');

	/** A worker that is new came from the files that lie there now. */
	function takePrints() {
		for (const record of installed()) {
			const {directory, generation} = record;
			if (prints.get(directory)?.generation !== generation) {
				prints.set(directory, {generation, print: printOf(record)});
			}
		}
	}

	/** Whether other files lie there than those it was started from. */
	function isReplaced(record: PluginRecord): boolean {
		const {directory, generation} = record;
		const before = prints.get(directory)?.print;
		const print = printOf(record);
		prints.set(directory, {generation, print});
		return before !== undefined && before !== print;
	}

	async function lookAtFolders() {
		takePrints();
		await host.rescan();
		const replaced = installed().filter(record => isReplaced(record));
		for (const {id} of replaced.filter(record => mayReload(record))) {
			await host.reload(id);
		}
	}

	async function lookAtGrants() {
		const read = await keep.readGrants();
		if (!read.ok) {
			return;
		}

		const before = known;
		const now = new Map(read.value.map(grant => [grant.key, grant]));
		known = now;
		// The first look says what was allowed before.
		if (before === undefined) {
			return;
		}

		for (const record of host.records()) {
			const key = pluginKey(record);
			const isNews = !isDeepStrictEqual(before.get(key), now.get(key));
			if (isNews && now.has(key) && isWaiting(record)) {
				await host.reload(record.id);
			} else if (isNews && !now.has(key) && record.state === 'active' && record.origin !== 'bundled') {
				await host.deny(record.id);
			}
		}
	}

	takePrints();
	void inTurn(lookAtGrants);
	return {
		stop: host.subscribe({onRecords: takePrints}),
		folders: () => inTurn(lookAtFolders),
		grants: () => inTurn(lookAtGrants),
		settings: () =>
			inTurn(async () => {
				const loaded = read();
				// A file that is half written turns nothing on or off.
				if (!isHalfWritten(loaded)) {
					await host.followDisabled(loaded.settings.plugins.disabled);
				}
			}),
	};
}

/** One that does not run takes what lies there at its next start; one that says so goes on until cws starts again. */
const mayReload = ({state, manifest}: PluginRecord): boolean =>
	manifest.hotReload !== false && state !== 'disabled' && state !== 'stopped' && state !== 'discovered';

/** For the person's answer, the first or after they refused. */
const isWaiting = ({consent, state, error}: PluginRecord): boolean =>
	consent !== undefined || (state === 'blocked' && error?.code === 'CWS_PLUGIN_CONSENT');
