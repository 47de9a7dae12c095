import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {openPluginInstaller} from '../../source/app/open-plugin-installer.ts';
import {ok} from '../../source/core/failure/outcome.ts';
import {type PluginInstaller} from '../../source/core/ports/plugin-installer.ts';
import {type PluginHost} from '../../source/core/ports/plugin-host.ts';
import {installPlugin} from '../../source/engine/run/install-plugin.ts';
import {removePlugin} from '../../source/engine/run/remove-plugin.ts';
import {createPluginTrust} from '../../source/host/broker/create-plugin-trust.ts';
import {createLiveRedactor} from '../../source/host/broker/live-redactor.ts';
import {createPluginHost} from '../../source/host/create-plugin-host.ts';
import {type PluginHostOptions} from '../../source/host/options.ts';
import {openSandboxTransport} from '../../source/host/transport/sandbox-transport.ts';
import {systemClock} from '../../source/platform/clock.ts';
import {createHttpClient} from '../../source/platform/plugin-io/http-client.ts';
import {createPluginFiles} from '../../source/platform/plugin-io/plugin-files.ts';
import {createCommandRunner} from '../../source/platform/plugin-io/run-command.ts';
import {createFakePluginKeep, type FakePluginKeep} from './fake-plugin-keep.ts';
import {createFakeSecrets, type FakeSecrets} from './fake-secrets.ts';
import {sandboxBootstrap} from './sandbox-bootstrap.ts';

export type InstallerForTest = {
	readonly home: string;
	/** Where plugins are installed. */
	readonly plugins: string;
	readonly host: PluginHost;
	readonly installer: PluginInstaller;
	readonly keep: FakePluginKeep;
	readonly secrets: FakeSecrets;
	/** Writes a plugin as an author has it; gives its folder. */
	readonly write: (name: string, files: Readonly<Record<string, string | object>>) => string;
	readonly install: (source: string, accepts?: string) => ReturnType<typeof installPlugin>;
	/** Looks at it, allows all it asks for and installs it. */
	readonly accept: (source: string) => ReturnType<typeof installPlugin>;
	readonly remove: (plugin: string, confirm?: string) => ReturnType<typeof removePlugin>;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** The real installer beside the real host with real sandboxes, over a home that is thrown away. */
export async function installerForTest(options: Partial<PluginHostOptions> = {}): Promise<InstallerForTest> {
	const bootstrap = await sandboxBootstrap();
	const home = mkdtempSync(path.join(tmpdir(), 'cws-install-'));
	const plugins = path.join(home, 'plugins');
	const data = path.join(home, 'data');
	[data, path.join(home, 'cache'), path.join(home, 'author')].forEach(directory => mkdirSync(directory));
	const keep = createFakePluginKeep();
	const secrets = createFakeSecrets();
	const http = createHttpClient();
	const openSandbox = openSandboxTransport(() => bootstrap);
	const trust = createPluginTrust({
		keep,
		clock: systemClock,
		by: 'ada (test)',
		ports: {http, exec: createCommandRunner({PATH: '/bin'}), files: createPluginFiles({forbidden: [home]}), environment: {}},
		secrets,
		redactor: createLiveRedactor(),
		roots: {home, xdgConfig: home, workspace: home},
		dataOf: id => path.join(data, id),
	});
	const host = createPluginHost({
		pluginDirectories: [{origin: 'user', directory: plugins}],
		workerUrl: new URL('../../source/host/worker/plugin-worker.ts', import.meta.url),
		openSandbox,
		trust,
		quarantine: keep,
		clock: systemClock,
		disabled: [],
		setDisabled: async () => ok(undefined),
		pluginOptions: {},
		directories: {data, cache: path.join(home, 'cache')},
		locale: 'en',
		...options,
	});
	const installer = openPluginInstaller({
		directory: plugins,
		data: [data, path.join(home, 'cache')],
		keep,
		trust,
		openSandbox,
		clock: systemClock,
		locale: 'en',
	});
	const install: InstallerForTest['install'] = (source, accepts) =>
		installPlugin({host, installer}, {source, ...(accepts !== undefined && {accepts})});
	return {
		home,
		plugins,
		host,
		installer,
		keep,
		secrets,
		write(name, files) {
			const folder = path.join(home, 'author', name);
			mkdirSync(folder, {recursive: true});
			for (const [file, content] of Object.entries(files)) {
				mkdirSync(path.dirname(path.join(folder, file)), {recursive: true});
				writeFileSync(path.join(folder, file), typeof content === 'string' ? content : JSON.stringify(content, undefined, '\t'));
			}

			return folder;
		},
		install,
		async accept(source) {
			const prepared = await installer.prepare(source);
			if (!prepared.ok) {
				return prepared;
			}

			await prepared.value.discard();
			return install(source, prepared.value.preview.digest);
		},
		remove: (plugin, confirm = plugin) => removePlugin({host, installer, secrets}, {plugin, confirm}),
		async [Symbol.asyncDispose]() {
			await host.stop(5000);
			await http.close();
			rmSync(home, {recursive: true, force: true});
		},
	};
}

/** The manifest of a small plugin. */
export const greeter = (parts: object = {}): object => ({
	id: 'greeter',
	version: '1.0.0',
	title: 'Greeter',
	kind: 'system',
	api: 1,
	main: 'index.js',
	contributes: {commands: [{name: 'greet', short: 'greets', handler: 'greet'}]},
	...parts,
});

export const greeterCode = (word = 'hello'): string => `import {definePlugin, type CommandInput} from 'cws/sdk';
export default definePlugin({commands: {greet: ({args}: CommandInput) => ({text: ['${word}', ...args].join(' ')})}});
`;
