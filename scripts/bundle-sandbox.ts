import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const folder = fileURLToPath(new URL('../source/host/sandbox/', import.meta.url));

/** The bootstrap of the sandbox with ses as one strict script, which a worker is started with as text. */
export async function bundleSandbox(): Promise<string> {
	const {outputFiles} = await build({
		entryPoints: [`${folder}bootstrap.ts`],
		inject: [`${folder}captured-globals.ts`],
		bundle: true,
		write: false,
		platform: 'node',
		format: 'iife',
		target: 'node24',
		minify: true,
		legalComments: 'none',
		banner: {js: "'use strict';"},
		logLevel: 'warning',
	});
	return outputFiles[0]!.text;
}
