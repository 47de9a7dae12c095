import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {type Manifest} from '../../source/core/manifest.ts';
import {ok} from '../../source/core/failure/outcome.ts';
import {type PluginOrigin} from '../../source/core/plugin.ts';
import {type PluginHost} from '../../source/core/ports/plugin-host.ts';
import {createPluginHost} from '../../source/host/create-plugin-host.ts';
import {type PluginHostOptions} from '../../source/host/options.ts';
import {systemClock} from '../../source/platform/clock.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

export type HostForTest = {
	readonly host: PluginHost;
	/** The plugins as the host sees them: copies, so that a test may change them. */
	readonly pluginDirectory: string;
	readonly home: string;
	/** Ids given to `setDisabled`, newest last. */
	readonly disabled: readonly (readonly string[])[];
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/**
Starts the real host over copies of the given plugin folders. A plugin of `plugins/<id>` is named by its id and bundled as in
the product, with `cws/sdk` inside; any other folder is named by its path and copied as it is. Use it with `await using`.
*/
export async function hostForTest(
	plugins: readonly string[],
	{origin = 'bundled', ...options}: Partial<Omit<PluginHostOptions, 'pluginDirectories'>> & {readonly origin?: PluginOrigin} = {},
): Promise<HostForTest> {
	const home = mkdtempSync(path.join(tmpdir(), 'cws-host-'));
	const pluginDirectory = path.join(home, 'plugins');
	mkdirSync(pluginDirectory);
	for (const plugin of plugins) {
		await install(plugin, pluginDirectory);
	}

	const disabled: (readonly string[])[] = [];
	const host = createPluginHost({
		pluginDirectories: [{origin, directory: pluginDirectory}],
		includeHidden: true,
		workerUrl: new URL('../../source/host/worker/plugin-worker.ts', import.meta.url),
		clock: systemClock,
		disabled: [],
		async setDisabled(ids) {
			disabled.push(ids);
			return ok(undefined);
		},
		pluginOptions: {},
		directories: {data: path.join(home, 'data'), cache: path.join(home, 'cache')},
		locale: 'en',
		...options,
	});
	return {
		host,
		pluginDirectory,
		home,
		disabled,
		async [Symbol.asyncDispose]() {
			await host.stop(5000);
			rmSync(home, {recursive: true, force: true});
		},
	};
}

async function install(plugin: string, into: string) {
	const source = plugin.includes(path.sep) ? plugin : path.join(repository, 'plugins', plugin);
	const target = path.join(into, path.basename(source));
	const {main} = JSON.parse(readFileSync(path.join(source, 'plugin.json'), 'utf8')) as Manifest;
	if (plugin.includes(path.sep)) {
		cpSync(source, target, {recursive: true});
		return;
	}

	// What a plugin brings beside its code: the manifest, scripts, data.
	cpSync(source, target, {recursive: true, filter: file => !/\.ts$|[/\\](test|node_modules)$/.test(file)});
	await build({
		entryPoints: {[path.basename(main, '.js')]: path.join(source, 'index.ts')},
		outdir: target,
		bundle: true,
		// As in the product: what is imported late stays a file of its own, and CommonJS inside finds Node's modules.
		splitting: true,
		banner: {js: "import {createRequire as cwsCreateRequire} from 'node:module';const require=cwsCreateRequire(import.meta.url);"},
		platform: 'node',
		format: 'esm',
		target: 'node24',
		alias: {'cws/sdk': path.join(repository, 'source/sdk/index.ts')},
		logLevel: 'error',
	});
}
