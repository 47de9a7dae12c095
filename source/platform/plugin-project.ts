import {existsSync, readFileSync, realpathSync, statSync} from 'node:fs';
import {join, sep} from 'node:path';
import {failure, toFailure} from '../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../core/failure/outcome.ts';
import {safeText} from '../core/text/safe-text.ts';

const maxBytes = 1_048_576;

/** A text file in the folder of a plugin; undefined when there is none. What a link leads out of the folder is refused. */
export function readPluginText(folder: string, name: string): Outcome<string | undefined> {
	const file = join(folder, name);
	if (!existsSync(file)) {
		return ok(undefined);
	}

	try {
		const real = realpathSync(file);
		if (!real.startsWith(realpathSync(folder) + sep)) {
			return failed(failure('CWS_FILE', {message: `\`${safeText(file)}\` leads out of the folder of the plugin.`}));
		}

		const {size} = statSync(real);
		return !statSync(real).isFile() || size > maxBytes
			? failed(failure('CWS_FILE', {message: `\`${safeText(file)}\` is no file of at most 1 MB.`}))
			: ok(new TextDecoder('utf-8', {fatal: true}).decode(readFileSync(real)));
	} catch (error) {
		return failed(failure('CWS_FILE', {message: `\`${safeText(file)}\` cannot be read.`, cause: toFailure(error).message}));
	}
}

/** The first file of a plugin's code: what its manifest names, or the TypeScript it is made from. */
export function pluginEntry(folder: string, main: string): Outcome<string> {
	const names = [...new Set([main.replace(/\.(m?)js$/, '.$1ts'), main])];
	const found = names.find(name => statSync(join(folder, name), {throwIfNoEntry: false})?.isFile());
	return found === undefined
		? failed(
				failure('CWS_PLUGIN_MANIFEST', {
					message: `The folder \`${safeText(folder)}\` has no ${names.map(name => `\`${safeText(name)}\``).join(' or ')}.`,
					fix: 'Name the file of its code as `main` in `plugin.json`.',
				}),
			)
		: ok(found);
}
