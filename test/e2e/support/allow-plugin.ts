import {createHash} from 'node:crypto';
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {pluginKey} from '../../../source/core/plugin-key.ts';
import {systemClock} from '../../../source/platform/clock.ts';
import {ownProcess} from '../../../source/platform/process.ts';
import {openStore} from '../../../source/platform/store/open-store.ts';

/** A plugin from outside: its manifest but for what every test would write the same, and its one script. */
export type OutsidePlugin = {readonly id: string; readonly manifest?: Readonly<Record<string, unknown>>; readonly code: string};

/** Puts plugins into the person's own folder, allowed to run as they are. */
export async function allowPlugins(home: string, plugins: readonly OutsidePlugin[]): Promise<void> {
	const data = path.join(home, 'data');
	mkdirSync(data, {recursive: true, mode: 0o700});
	const {pid, startTime} = ownProcess();
	const store = await openStore({
		file: path.join(data, 'cws.db'),
		workerUrl: new URL('../../../source/platform/store/store-worker.ts', import.meta.url),
		clock: systemClock,
		pid,
		startTime,
	});
	try {
		for (const {id, manifest, code} of plugins) {
			const directory = path.join(home, 'config/plugins', id);
			mkdirSync(directory, {recursive: true, mode: 0o700});
			writeFileSync(path.join(directory, 'plugin.json'), JSON.stringify({...shared(id), ...manifest}));
			writeFileSync(path.join(directory, 'plugin.js'), code);
			const saved = await store.plugins.saveGrant({
				key: pluginKey({id, origin: 'user', directory}),
				bundleHash: createHash('sha256').update(code).digest('hex'),
				permissions: {},
				commands: {},
				grantedAt: Date.now(),
				grantedBy: 'a test',
			});
			if (!saved.ok) {
				throw new Error(saved.error.message);
			}
		}
	} finally {
		await store.close();
	}
}

const shared = (id: string) => ({
	id,
	version: '1.0.0',
	title: id,
	kind: 'provider',
	engines: {cws: '>=0.1.0'},
	api: 1,
	main: 'plugin.js',
	activation: ['onStartup', 'onResourceType:vm'],
	contributes: {resourceTypes: [{type: 'vm', title: 'Machine', operations: ['list'], pollSeconds: 5}]},
});
