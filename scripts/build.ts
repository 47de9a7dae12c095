// Bundles the program, its workers and the plugins into dist/.
import {execFile} from 'node:child_process';
import {cp, mkdir, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {promisify} from 'node:util';
import {build, type BuildOptions} from 'esbuild';
import {type Failure, formatFailure} from '../source/core/failure/failure.ts';
import {ok} from '../source/core/failure/outcome.ts';
import {type Manifest} from '../source/core/manifest.ts';
import {loadValidator} from '../source/core/schema/validate.ts';
import {checkManifest} from '../source/host/manifest/check-manifest.ts';
import {pluginConfig, saysNothing} from '../source/host/manifest/plugin-config.ts';
import {apartFromVerbs, largeLibraries} from './apart-from-verbs.ts';
import {bundleSandbox} from './bundle-sandbox.ts';
import {fasterInk} from './faster-ink.ts';
import {lazyBuiltins} from './lazy-builtins.ts';
import {leanSchemas} from './lean-schemas.ts';
import {sourceStamp} from './source-stamp.ts';

const shared: BuildOptions = {
	bundle: true,
	platform: 'node',
	format: 'esm',
	target: 'node24',
	// As literals they are read when they are first used; esbuild would make them at once, for 20 ms before the first frame.
	supported: {'regexp-unicode-property-escapes': true, 'regexp-set-notation': true},
	// Instead of tsconfig.json, whose `verbatimModuleSyntax` would keep an import of nothing but types as one that runs the module.
	tsconfigRaw: {compilerOptions: {target: 'esnext', jsx: 'react-jsx'}},
	jsx: 'automatic',
	minifySyntax: true,
	minifyWhitespace: true,
	legalComments: 'none',
	define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
	alias: {'cws/sdk': './source/sdk/index.ts', 'react-devtools-core': './scripts/no-devtools.ts'},
	// Some dependencies are CommonJS and call require for Node's own modules.
	banner: {js: "const require=process.getBuiltinModule('node:module').createRequire(import.meta.url);"},
	plugins: [lazyBuiltins],
	// Binaries that lie beside their packages.
	external: ['@napi-rs/keyring', 'esbuild'],
	logLevel: 'warning',
};

const program: BuildOptions = {
	...shared,
	outdir: 'dist',
	define: {...shared.define, 'Intl.Segmenter': 'LazySegmenter'},
	inject: ['scripts/lazy-segmenter.ts'],
};

const {version} = JSON.parse(await readFile('package.json', 'utf8')) as {readonly version: string};
const validate = await loadValidator();
const plugins = await pluginIds();
await rm('dist', {recursive: true, force: true});
await Promise.all([
	build({
		...program,
		entryPoints: {cli: 'source/cli.ts', dashboard: 'source/app/start-dashboard.ts'},
		splitting: true,
		chunkNames: 'chunks/[name]-[hash]',
		plugins: [lazyBuiltins, fasterInk],
	}),
	// The same once more for verbs, in one file: finding and opening a hundred small ones takes longer than a verb's work.
	build({...program, entryPoints: {verbs: 'source/cli.ts'}, plugins: [apartFromVerbs, lazyBuiltins, fasterInk]}),
	build({...shared, entryPoints: largeLibraries, outdir: 'dist/libraries'}),
	build({
		...shared,
		entryPoints: {
			'store-worker': 'source/platform/store/store-worker.ts',
			'keychain-worker': 'source/platform/secrets/keychain-worker.ts',
			'plugin-worker': 'source/host/worker/plugin-worker.ts',
		},
		outdir: 'dist/workers',
	}),
	// What plugins are made with, readable for who steps into it.
	build({
		...shared,
		minifySyntax: false,
		minifyWhitespace: false,
		platform: 'neutral',
		entryPoints: {index: 'source/sdk/index.ts', adapter: 'source/sdk/adapter/adapt-plugin.ts'},
		outdir: 'dist/sdk',
		banner: {},
	}),
	build({...shared, minifySyntax: false, minifyWhitespace: false, entryPoints: {testing: 'source/testing/index.ts'}, outdir: 'dist/sdk'}),
	// What an editor shows of both.
	promisify(execFile)(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json']),
	bundleSandbox().then(async text => {
		await mkdir('dist/workers', {recursive: true});
		await writeFile('dist/workers/sandbox.js', text);
	}),
	...plugins.map(async id => {
		await build({
			...shared,
			entryPoints: {index: `plugins/${id}/index.ts`},
			outdir: `dist/plugins/${id}`,
			splitting: true,
			// Of modules what is not used is left out; of CommonJS everything stays.
			mainFields: ['module', 'main'],
			plugins: [lazyBuiltins, leanSchemas],
		});
		await writeFile(`dist/plugins/${id}/plugin.json`, await checkedManifest(id));
		await copyAssets(id);
	}),
]);
await writeFile('dist/stamp', await sourceStamp());

async function pluginIds(): Promise<string[]> {
	const entries = await readdir('plugins', {withFileTypes: true});
	return entries.filter(entry => entry.isDirectory()).map(entry => entry.name);
}

// Checked here, so that no start has to: the compiler of schemas takes longer than all else a verb does.
async function checkedManifest(id: string): Promise<string> {
	const text = await readFile(`plugins/${id}/plugin.json`, 'utf8');
	const manifest = JSON.parse(text) as Manifest;
	const wrong = await checkManifest(manifest, `plugins/${id}`, {validate, cwsVersion: version});
	const config = saysNothing(manifest) ? pluginConfig(manifest, {}, validate) : ok({});
	if (wrong !== undefined || !config.ok) {
		throw new Error(formatFailure(wrong ?? (config as {readonly error: Failure}).error));
	}

	return text;
}

// Files a plugin reads at run time, such as a shell script.
async function copyAssets(id: string): Promise<void> {
	try {
		await mkdir(`dist/plugins/${id}`, {recursive: true});
		await cp(`plugins/${id}/assets`, `dist/plugins/${id}/assets`, {recursive: true});
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
			throw error;
		}
	}
}
