import {realpathSync} from 'node:fs';
import {relative, resolve, sep} from 'node:path';
import {type BuildFailure, type Message} from 'esbuild';
import {failure, type Failure, toFailure} from '../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../core/failure/outcome.ts';
import {safeText} from '../core/text/safe-text.ts';

export type BundleRequest = {
	/** The folder the code belongs to: nothing outside of it is taken in, but for packages. */
	readonly folder: string;
	/** The first file, or a text that stands for one in the folder. */
	readonly entry: {readonly file: string} | {readonly text: string};
	/** Files that are not the plugin's: what `cws/sdk` stands for. */
	readonly alias: Readonly<Record<string, string>>;
	/** The folder those lie in, with all they import. */
	readonly ours: string;
	/** The only files of the folder that may go in; all when absent. */
	readonly only?: readonly string[];
};

/** A plugin as the sandbox runs it: one script, with what it imports inside. */
export type Bundle = {
	readonly code: string;
	/** Files of the plugin that went in: absolute. */
	readonly inputs: readonly string[];
};

const maxShown = 5;

/** Makes one script of a plugin's code. Nothing of it runs; what lies outside its folder and is no package is refused. */
export async function bundlePlugin({folder, entry, alias, ours, only}: BundleRequest): Promise<Outcome<Bundle>> {
	// Large, and only for who makes or installs plugins.
	const {build} = await import('esbuild');
	const root = realpathSync(folder);
	try {
		const {outputFiles, metafile} = await build({
			...('file' in entry
				? {entryPoints: [resolve(root, entry.file)]}
				: {stdin: {contents: entry.text, resolveDir: root, sourcefile: 'plugin entry', loader: 'js'}}),
			absWorkingDir: root,
			outfile: resolve(root, 'plugin.js'),
			bundle: true,
			write: false,
			metafile: true,
			format: 'cjs',
			platform: 'neutral',
			mainFields: ['module', 'main'],
			target: 'es2024',
			charset: 'utf8',
			legalComments: 'none',
			// Settings of a project that lies around the folder are nobody's business here.
			tsconfigRaw: {compilerOptions: {verbatimModuleSyntax: true}},
			alias: {...alias},
			define: {'process.env.NODE_ENV': '"production"'},
			logLevel: 'silent',
		});
		const inputs = Object.keys(metafile.inputs)
			.filter(name => name !== 'plugin entry' && name !== '<stdin>')
			.map(name => resolve(root, name));
		const foreign = inputs.find(file => !belongs(file, {root, ours: realpathSync(ours), only}));
		return foreign === undefined
			? ok({code: outputFiles[0]!.text, inputs: inputs.filter(file => isBelow(file, root))})
			: failed(foreignFailure(relative(root, foreign)));
	} catch (error) {
		const {errors} = error as Partial<BuildFailure>;
		return failed(errors === undefined ? toFailure(error, 'CWS_PLUGIN_BUILD') : buildFailure(errors));
	}
}

type Bounds = {readonly root: string; readonly ours: string; readonly only: readonly string[] | undefined};

function belongs(file: string, {root, ours, only}: Bounds): boolean {
	const real = realpathSync(file);
	if (isBelow(real, ours)) {
		return true;
	}

	if (real.includes(`${sep}node_modules${sep}`)) {
		// Of the plugin's own folder, or of one around it: where Node looks too.
		const packages = real.slice(0, real.indexOf(`${sep}node_modules${sep}`));
		return root === packages || root.startsWith(packages + sep);
	}

	return only === undefined ? isBelow(real, root) : only.some(name => resolve(root, name) === file);
}

const isBelow = (file: string, folder: string): boolean => file.startsWith(folder + sep);

const foreignFailure = (file: string): Failure =>
	failure('CWS_PLUGIN_BUILD', {
		message: `\`${safeText(file)}\` does not belong to the plugin, and its code takes it in.`,
		cause: 'a bundle could carry any file of this machine away',
		fix: 'Copy what the plugin needs into its folder, or make it a package.',
	});

function buildFailure(errors: readonly Message[]): Failure {
	const lines = errors.slice(0, maxShown).map(({text, location}) => {
		const hint = text.startsWith('Could not resolve "node:') ? ': a plugin gets what it needs from its context, not from Node' : '';
		return `${location === null ? '' : `${location.file}:${location.line}:${location.column + 1}: `}${text.split(' (')[0]}${hint}`;
	});
	const more = errors.length > maxShown ? `; and ${errors.length - maxShown} more` : '';
	const [first] = errors;
	return failure('CWS_PLUGIN_BUILD', {
		message: `The code of the plugin cannot be bundled: ${safeText(lines[0] ?? 'no reason was given')}.`,
		...(lines.length > 1 && {cause: safeText(lines.slice(1).join('; ') + more)}),
		...(first?.location && {details: {file: first.location.file, line: first.location.line, column: first.location.column + 1}}),
	});
}
