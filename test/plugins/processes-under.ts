import {readdirSync, readFileSync, readlinkSync} from 'node:fs';

/** Processes other than this one that work in a directory, were started with it, or carry it in their environment. */
export function processesUnder(directory: string): readonly number[] {
	return readdirSync('/proc')
		.map(Number)
		.filter(pid => pid > 1 && pid !== process.pid)
		.filter(pid => [read(pid, 'cmdline'), read(pid, 'environ'), directoryOf(pid)].some(text => text.includes(directory)));
}

function read(pid: number, name: string): string {
	try {
		return readFileSync(`/proc/${pid}/${name}`, 'latin1');
	} catch {
		return '';
	}
}

function directoryOf(pid: number): string {
	try {
		return readlinkSync(`/proc/${pid}/cwd`);
	} catch {
		return '';
	}
}
