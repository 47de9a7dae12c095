import {readdir, readFile, realpath, stat} from 'node:fs/promises';
import path from 'node:path';
import {failure, type Failure} from '../../core/failure/failure.ts';
import {safeText} from '../../core/text/safe-text.ts';
import {type PluginTemplateFile, type TemplateSource} from '../../core/template.ts';

const maxBytes = 262_144;
const yamlFile = /^([a-z\d][\w.-]*)\.ya?ml$/i;

export type TemplateDirectory = {readonly place: 'user' | 'project'; readonly directory: string};

/** Reads the templates of directories, in their order and by alphabet, and those files of plugins. What cannot be read says why. */
export const createTemplateReader =
	(directories: readonly TemplateDirectory[]) =>
	async (files: readonly PluginTemplateFile[]): Promise<readonly TemplateSource[]> => {
		const found = await Promise.all([
			...directories.map(directory => readDirectory(directory)),
			...files.map(async file => [await readPluginFile(file)]),
		]);
		return found.flat();
	};

async function readDirectory({place, directory}: TemplateDirectory): Promise<readonly TemplateSource[]> {
	const names = await readdir(directory).catch(() => []);
	return Promise.all(
		names
			.filter(name => yamlFile.test(name))
			.toSorted()
			.map(async name => readSource(path.join(directory, name), {name: templateName(name), place})),
	);
}

/** `slurm-python-job.yml` is `slurm-python-job`. */
export const templateName = (file: string): string => path.basename(file).replace(/\.ya?ml$/i, '');

async function readPluginFile({plugin, directory, name, file}: PluginTemplateFile): Promise<TemplateSource> {
	const whole = path.join(directory, file);
	const source = {name, place: 'plugin', plugin} as const;
	try {
		const [root, real] = await Promise.all([realpath(directory), realpath(whole)]);
		return real.startsWith(root + path.sep)
			? await readSource(whole, source)
			: unreadable(source, whole, failure('CWS_TEMPLATE', {message: 'leads out of the folder of its plugin.'}));
	} catch {
		return unreadable(
			source,
			whole,
			failure('CWS_TEMPLATE', {message: `is not there, but the plugin.json of \`${plugin}\` names it.`, fix: 'Report it to its author.'}),
		);
	}
}

/** One file, whatever is wrong with it. */
export async function readSource(file: string, source: Omit<TemplateSource, 'file' | 'text' | 'error'>): Promise<TemplateSource> {
	try {
		const {size} = await stat(file);
		return size > maxBytes
			? unreadable(source, file, failure('CWS_TEMPLATE', {message: `has ${size} bytes, and ${maxBytes} are the most.`}))
			: {...source, file, text: await readFile(file, 'utf8')};
	} catch (error) {
		return unreadable(
			source,
			file,
			failure('CWS_TEMPLATE', {
				message: `cannot be read: ${safeText((error as Error).message)}.`,
				fix: 'Check that it is there and who may read it.',
			}),
		);
	}
}

const unreadable = (source: Omit<TemplateSource, 'file' | 'text' | 'error'>, file: string, error: Failure): TemplateSource => ({
	...source,
	file,
	text: '',
	error,
});
