import {cpSync, mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** The built program in a place of its own, so that a build meanwhile does not disturb, and a bench may add plugins. */
export type Installed = {
	readonly bin: string;
	/** Runs engine calls without a terminal, see `headless.ts`. */
	readonly headless: string;
	readonly plugins: string;
	/** A fresh directory for `CWS_HOME`. */
	readonly home: (name: string) => string;
	readonly remove: () => void;
};

export async function installCopy(): Promise<Installed> {
	const root = mkdtempSync(path.join(tmpdir(), 'cws-bench-'));
	for (const part of ['bin', 'dist', 'package.json']) {
		cpSync(path.join(repository, part), path.join(root, part), {recursive: true});
	}

	const headless = path.join(root, 'dist/headless.js');
	await build({
		entryPoints: [path.join(repository, 'test/bench/support/headless.ts')],
		outfile: headless,
		bundle: true,
		platform: 'node',
		format: 'esm',
		target: 'node24',
		banner: {js: "import {createRequire as benchRequire} from 'node:module';const require=benchRequire(import.meta.url);"},
		logLevel: 'error',
	});
	return {
		bin: path.join(root, 'bin/cws.cjs'),
		headless,
		plugins: path.join(root, 'dist/plugins'),
		home(name) {
			const home = path.join(root, 'homes', name);
			mkdirSync(home, {recursive: true});
			return home;
		},
		remove() {
			rmSync(root, {recursive: true, force: true});
		},
	};
}
