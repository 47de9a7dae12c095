// Node strips types from .ts by itself; this adds what it does not do: JSX, and the plugin's name for the SDK.
import {readFileSync} from 'node:fs';
import {registerHooks} from 'node:module';
import {fileURLToPath} from 'node:url';
import {transformSync} from 'esbuild';

const own: Readonly<Record<string, string>> = {
	'cws/sdk': new URL('../../source/sdk/index.ts', import.meta.url).href,
	'cws/sdk/testing': new URL('../../source/testing/index.ts', import.meta.url).href,
};

registerHooks({
	resolve(specifier, context, nextResolve) {
		const url = own[specifier];
		return url === undefined ? nextResolve(specifier, context) : {url, format: 'module-typescript', shortCircuit: true};
	},
	load(url, context, nextLoad) {
		if (!url.endsWith('.tsx')) {
			return nextLoad(url, context);
		}

		const file = fileURLToPath(url);
		const {code} = transformSync(readFileSync(file, 'utf8'), {
			loader: 'tsx',
			jsx: 'automatic',
			format: 'esm',
			sourcemap: 'inline',
			sourcefile: file,
		});
		return {format: 'module', source: code, shortCircuit: true};
	},
});
