import {accessSync, constants} from 'node:fs';
import {delimiter, join} from 'node:path';
import {type World} from './context.ts';

/** Whether a program is in one of the directories of `PATH`. */
export const isInstalled = (program: string, {env}: Pick<World, 'env'>): boolean =>
	(env['PATH'] ?? '')
		.split(delimiter)
		.filter(Boolean)
		.some(directory => isExecutable(join(directory, program)));

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
