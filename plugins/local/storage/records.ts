import {mkdirSync, readdirSync, readFileSync, renameSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {type LocalContext} from '../context.ts';
import {
	type ExitFile,
	formatStop,
	parseExit,
	parseRecord,
	parseRun,
	parseStop,
	type RunFile,
	type StopFile,
	type WorkstationRecord,
} from '../workstation/record.ts';
import {codeOf} from '../system-error.ts';
import {directoryOf, fileOf, isId, unfinishedOf} from './paths.ts';
import {ring, writeFileAtomic} from './write-file.ts';

/** Everything the disk knows of one workstation. */
export type StoredWorkstation = {
	readonly record: WorkstationRecord;
	readonly run?: RunFile;
	readonly exit?: ExitFile;
	readonly stop?: StopFile;
	/** The run whose port has answered. */
	readonly readyRun?: string;
};

export type StoredList = {readonly workstations: readonly StoredWorkstation[]; readonly skipped: number};

export function readAllStored(context: LocalContext): StoredList {
	const workstations: StoredWorkstation[] = [];
	let skipped = 0;
	for (const id of directoriesOf(context.root)) {
		const stored = readStored(context, id);
		if (stored === 'corrupt') {
			skipped++;
		} else if (stored !== undefined) {
			workstations.push(stored);
		}
	}

	return {workstations, skipped};
}

/** Undefined when there is none; `corrupt` when its record cannot be read as one. */
export function readStored(context: LocalContext, id: string): StoredWorkstation | 'corrupt' | undefined {
	if (!isId(id)) {
		return undefined;
	}

	// One look at the directory saves an exception for each file that is not there.
	const files = new Set(entriesOf(directoryOf(context, id)));
	if (!files.has('workstation.json')) {
		return undefined;
	}

	const text = (name: string) => (files.has(name) ? readText(fileOf(context, id, name)) : '');
	const record = parseRecord(text('workstation.json'));
	return record?.id === id
		? {
				record,
				run: parseRun(text('run')),
				exit: parseExit(text('exit')),
				stop: parseStop(text('stop')),
				readyRun: text('ready').trim() || undefined,
			}
		: 'corrupt';
}

export function writeRecord(context: LocalContext, record: WorkstationRecord): void {
	writeFileAtomic(fileOf(context, record.id, 'workstation.json'), formatRecord(record));
	ring(context, record.id);
}

const formatRecord = (record: WorkstationRecord): string => `${JSON.stringify(record, undefined, '\t')}\n`;

export function writeStop(context: LocalContext, id: string, stop: StopFile): void {
	// Who stops or destroys on a full disk wants space; that the wish cannot be written down must not keep them from it.
	context.unsavedStops.set(stop.run, stop);
	saveStop(context, id, stop);
	ring(context, id);
}

/** Tries again to write down a stop that is only remembered; it rings nothing, because every look comes here. */
export function saveStop(context: LocalContext, id: string, stop: StopFile): void {
	try {
		writeFileAtomic(fileOf(context, id, 'stop'), formatStop(stop));
		context.unsavedStops.delete(stop.run);
	} catch {
		// The disk is full or read-only still.
	}
}

export function writeReady(context: LocalContext, id: string, run: string): void {
	writeFileAtomic(fileOf(context, id, 'ready'), `${run}\n`);
	ring(context, id);
}

/** Makes the directory of a workstation with its record in it: both or neither, also when we are killed meanwhile. */
export function createStored(context: LocalContext, record: WorkstationRecord): void {
	const unfinished = unfinishedOf(context, record.id);
	try {
		mkdirSync(unfinished, {recursive: true, mode: 0o700});
		writeFileAtomic(join(unfinished, 'workstation.json'), formatRecord(record));
		renameSync(unfinished, directoryOf(context, record.id));
	} catch (error) {
		rmSync(unfinished, {recursive: true, force: true});
		throw error;
	}

	ring(context, record.id);
}

export function removeDirectory(context: LocalContext, id: string): void {
	// Something may still be writing its last file.
	rmSync(directoryOf(context, id), {recursive: true, force: true, maxRetries: 5, retryDelay: 20});
	ring(context, id);
}

const directoriesOf = (root: string): readonly string[] => entriesOf(root).filter(name => isId(name));

function entriesOf(directory: string): readonly string[] {
	try {
		return readdirSync(directory);
	} catch (error) {
		if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') {
			return [];
		}

		throw error;
	}
}

function readText(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		// It was replaced or removed since the look at the directory.
		return '';
	}
}
