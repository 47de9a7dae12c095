import {existsSync, lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync} from 'node:fs';
import {type LocalContext} from '../context.ts';
import {codeOf} from '../system-error.ts';
import {fileOf, nameLinkOf, namesDirectoryOf, unfinishedOf} from './paths.ts';

export type Reservation =
	| {readonly status: 'reserved'}
	| {readonly status: 'taken'; readonly id: string}
	/** Another process is creating it, or died while it did a moment ago. */
	| {readonly status: 'pending'};

// Longer than any deploy takes between its reservation and its record.
const abandonedMs = 10_000;

/** Takes a name for an id, once over all processes. */
export function reserveName(context: LocalContext, name: string, id: string): Reservation {
	mkdirSync(namesDirectoryOf(context), {recursive: true, mode: 0o700});
	const link = nameLinkOf(context, name);
	for (;;) {
		try {
			symlinkSync(id, link);
			return {status: 'reserved'};
		} catch (error) {
			if (codeOf(error) !== 'EEXIST') {
				throw error;
			}
		}

		const holder = holderOf(link);
		if (holder !== undefined && existsSync(fileOf(context, holder.id, 'workstation.json'))) {
			return {status: 'taken', id: holder.id};
		}

		if (holder !== undefined && Date.now() - holder.since < abandonedMs) {
			return {status: 'pending'};
		}

		if (holder !== undefined) {
			rmSync(unfinishedOf(context, holder.id), {recursive: true, force: true});
		}

		rmSync(link, {force: true});
	}
}

export function releaseName(context: LocalContext, name: string, id: string): void {
	const link = nameLinkOf(context, name);
	if (holderOf(link)?.id === id) {
		rmSync(link, {force: true});
	}
}

function holderOf(link: string): {readonly id: string; readonly since: number} | undefined {
	try {
		return {id: readlinkSync(link), since: lstatSync(link).mtimeMs};
	} catch {
		return undefined;
	}
}
