import {readdirSync, readFileSync} from 'node:fs';

const tasks = '/proc/self/task';

/** The system's id of a thread of this process by its name; Linux only, undefined elsewhere. */
export function findThread(name: string): number | undefined {
	try {
		const found = readdirSync(tasks).find(task => readFileSync(`${tasks}/${task}/comm`, 'utf8').trim() === name);
		return found === undefined ? undefined : Number(found);
	} catch {
		return undefined;
	}
}
