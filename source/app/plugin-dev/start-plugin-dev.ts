import {dirname, join} from 'node:path';
import {type Failure} from '../../core/failure/failure.ts';
import {type Outcome} from '../../core/failure/outcome.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {type TraceLine} from '../../host/transport/trace-transport.ts';
import {resolveDirectories} from '../../platform/directories.ts';
import {watchFolders} from '../../platform/watch-folders.ts';
import {writeAtomically} from '../../platform/write-atomically.ts';
import {type App, createApp} from '../create-app.ts';
import {linkSdk} from '../link-sdk.ts';
import {packFolder, type PackedPlugin} from '../pack-plugin.ts';
import {createRebuildQueue} from './rebuild-queue.ts';

export type DevEvents = {
	readonly onTrace: (line: TraceLine) => void;
	/** The new code is in service; `ms` since the change was seen. */
	readonly onReloaded: (record: PluginRecord, ms: number) => void;
	/** It cannot be built or started: what ran before goes on. */
	readonly onFailed: (error: Failure) => void;
	/** It asks for what nobody has allowed yet; whether somebody does now. */
	readonly onConsent: (record: PluginRecord) => Promise<boolean>;
};

export type PluginDev = {
	readonly app: App;
	readonly id: string;
	readonly close: () => Promise<void>;
};

type Options = {
	readonly folder: string;
	readonly environment: Record<string, string | undefined>;
	readonly configFile?: string;
	readonly pluginConfig?: readonly string[];
	readonly events: DevEvents;
};

/** Runs one plugin out of its author's folder in a host of its own, and again in place after every change. Nothing is kept but its files. */
export async function startPluginDev({folder, environment, configFile, pluginConfig, events}: Options): Promise<Outcome<PluginDev>> {
	linkSdk(folder);
	const first = await packFolder(folder);
	if (!first.ok) {
		return first;
	}

	const {id} = first.value;
	const place = join(resolveDirectories({environment}).cache, 'plugin-dev', id);
	put(place, first.value);
	const app = createApp({
		environment,
		cwd: folder,
		...(configFile !== undefined && {configFile}),
		...(pluginConfig !== undefined && {pluginConfig}),
		pluginDirs: [place],
		dev: {id, onTrace: events.onTrace},
	});
	const {engine, clock} = app;
	const origin = {origin: 'cli'} as const;
	const find = () => engine.getState().plugins.find(record => record.id === id);
	await engine.load();
	engine.start();
	const watcher = watchFolders(() => queue.changed());
	const queue = createRebuildQueue(clock, async () => {
		const startedAt = clock.monotonic();
		const packed = await packFolder(folder);
		if (!packed.ok) {
			events.onFailed(packed.error);
			return;
		}

		watcher.set(foldersOf(folder, packed.value));
		put(place, packed.value);
		await reload(startedAt);
	});

	async function reload(startedAt: number) {
		let done = await engine.run('reloadPlugin', {plugin: id}, origin);
		const record = find();
		if (!done.ok && done.error.code === 'CWS_PLUGIN_CONSENT' && record !== undefined && (await events.onConsent(record))) {
			done = await engine.run('grantPlugin', {plugin: id}, origin);
		}

		if (!done.ok) {
			events.onFailed(done.error);
			return;
		}

		events.onReloaded(done.value, clock.monotonic() - startedAt);
		await engine.run('refresh', {provider: id}, origin);
	}

	watcher.set(foldersOf(folder, first.value));
	await reload(clock.monotonic());
	return {
		ok: true,
		value: {
			app,
			id,
			async close() {
				queue.stop();
				watcher.close();
				await app.close();
			},
		},
	};
}

/** The code before the manifest, which is what a host looks at first. */
function put(place: string, {texts}: PackedPlugin): void {
	for (const name of ['plugin.js', 'plugin.json'] as const) {
		writeAtomically(join(place, name), texts[name], 0o600);
	}
}

const foldersOf = (folder: string, {inputs}: PackedPlugin): readonly string[] => [
	...new Set([folder, ...inputs.filter(file => !file.includes('node_modules')).map(file => dirname(file))]),
];
