import {writeFile} from 'node:fs/promises';
import {parse, resolve} from 'node:path';
import {failure, toFailure} from '../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../core/failure/outcome.ts';

const attempts = 100;

/** Writes a new file into the working directory, under the next free name; never over an old one. Gives its path. */
export async function saveFile(name: string, text: string, directory = process.cwd()): Promise<Outcome<string>> {
	const {name: base, ext} = parse(name.replaceAll(/[^\w.-]+/g, '-'));
	for (let count = 0; count < attempts; count++) {
		const path = resolve(directory, `${base}${count === 0 ? '' : `-${count}`}${ext}`);
		try {
			await writeFile(path, text, {flag: 'wx'});
			return ok(path);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
				return failed(
					failure('CWS_READ_ONLY', {
						message: `\`${path}\` could not be written.`,
						cause: toFailure(error).message,
						fix: 'Start cws in a directory you can write.',
					}),
				);
			}
		}
	}

	return failed(failure('CWS_READ_ONLY', {message: `There are ${attempts} files named \`${base}\` already.`, fix: 'Remove some of them.'}));
}
