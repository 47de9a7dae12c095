import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {ok} from '../../source/core/failure/outcome.ts';
import {type PluginHost} from '../../source/core/ports/plugin-host.ts';
import {createPluginHost} from '../../source/host/create-plugin-host.ts';
import {type PluginHostOptions} from '../../source/host/options.ts';
import {openProcessTransport} from '../../source/host/transport/process-transport.ts';
import {openSandboxTransport} from '../../source/host/transport/sandbox-transport.ts';
import {systemClock} from '../../source/platform/clock.ts';

export type SandboxHost = {
	readonly host: PluginHost;
	/** Where each of its workers was started, oldest first. */
	readonly placements: readonly ('thread' | 'process')[];
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** The whole host over one plugin of the person's own folder, which may do what it asks for. */
export function sandboxHost(
	bootstrap: string,
	{manifest, code, ...options}: {readonly manifest: {readonly id: string}; readonly code: string} & Partial<PluginHostOptions>,
): SandboxHost {
	const home = mkdtempSync(path.join(tmpdir(), 'cws-sandbox-host-'));
	const folder = path.join(home, 'plugins', manifest.id);
	mkdirSync(folder, {recursive: true});
	writeFileSync(
		path.join(folder, 'plugin.json'),
		JSON.stringify({
			version: '1.0.0',
			title: 'Tried',
			kind: 'system',
			engines: {cws: '>=0.1.0'},
			api: 1,
			main: 'plugin.js',
			activation: ['onStartup'],
			...manifest,
		}),
	);
	writeFileSync(path.join(folder, 'plugin.js'), code);
	const placements: ('thread' | 'process')[] = [];
	const host = createPluginHost({
		pluginDirectories: [{origin: 'user', directory: path.join(home, 'plugins')}],
		workerUrl: new URL('../../source/host/worker/plugin-worker.ts', import.meta.url),
		openSandbox(setup) {
			placements.push('thread');
			return openSandboxTransport(() => bootstrap)(setup);
		},
		openProcess(setup) {
			placements.push('process');
			return openProcessTransport(() => bootstrap)(setup);
		},
		trust: {
			missing: async () => ok(undefined),
			grant: async () => ok(undefined),
			revoke: async () => ok(undefined),
			capabilities: async () => ({}),
		},
		clock: systemClock,
		disabled: [],
		setDisabled: async () => ok(undefined),
		pluginOptions: {},
		directories: {data: path.join(home, 'data'), cache: path.join(home, 'cache')},
		locale: 'en',
		...options,
	});
	return {
		host,
		placements,
		async [Symbol.asyncDispose]() {
			await host.stop(2000);
			rmSync(home, {recursive: true, force: true});
		},
	};
}
