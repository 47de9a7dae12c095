import {readFile, realpath, stat} from 'node:fs/promises';
import path from 'node:path';
import {failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {safeText} from '../../core/text/safe-text.ts';

const maxBytes = 131_072;

/** The JSON of a theme in the folder of a plugin. */
export async function readThemeFile(directory: string, file: string): Promise<Outcome<unknown>> {
	const no = (message: string) => failed(failure('CWS_THEME', {message: safeText(message)}));
	try {
		const [root, real] = await Promise.all([realpath(directory), realpath(path.join(directory, file))]);
		if (!real.startsWith(root + path.sep)) {
			return no(`\`${file}\` leads out of the folder of its plugin`);
		}

		const {size} = await stat(real);
		return size > maxBytes
			? no(`\`${file}\` has ${size} bytes, and ${maxBytes} are the most`)
			: ok(JSON.parse(await readFile(real, 'utf8')) as unknown);
	} catch (error) {
		return no(`\`${file}\` cannot be read: ${(error as Error).message}`);
	}
}
