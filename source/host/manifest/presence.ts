import {accessSync, constants, existsSync} from 'node:fs';
import path from 'node:path';
import {type Manifest} from '../../core/manifest.ts';

export type Surroundings = {
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Plugins the person wrote options for: who configures one wants it. */
	readonly configured: readonly string[];
};

/** Why there is nothing here for a plugin to show; undefined when one of its signs is there, or it names none. */
export function absenceOf({id, presence}: Manifest, {environment, configured}: Surroundings): string | undefined {
	if (presence === undefined || configured.includes(id)) {
		return undefined;
	}

	const {commands = [], files = [], env = []} = presence;
	const isThere =
		env.some(name => (environment[name] ?? '') !== '') ||
		files.some(file => isFile(file, environment)) ||
		commands.some(command => isCommand(command, environment['PATH'] ?? ''));
	return isThere ? undefined : `nothing of it is here: no ${[...commands, ...files, ...env].join(', ')}`;
}

function isFile(file: string, environment: Surroundings['environment']): boolean {
	const [first = '', ...rest] = file.split('/');
	const base = first === '~' ? environment['HOME'] : first.startsWith('$') ? environment[first.slice(1)] : first === '' ? '/' : undefined;
	return base !== undefined && base !== '' && existsSync(path.join(base, ...rest));
}

const isCommand = (command: string, searched: string): boolean =>
	searched.split(path.delimiter).some(directory => {
		try {
			accessSync(path.join(directory, command), constants.X_OK);
			return directory !== '';
		} catch {
			return false;
		}
	});
