import {type FileHandle, open} from 'node:fs/promises';
import {setTimeout as sleep} from 'node:timers/promises';
import {type LogLine, type LogOptions, providerError, type ResourceTarget} from 'cws/sdk';
import {type SlurmState} from '../state.ts';
import {findJob, needJob} from './find.ts';
import {outputPaths} from './output-path.ts';
import {lastLines, type OutputFile, outputFile} from './output-file.ts';

const lookMs = 250;
const askEveryMs = 5000;

/** The output of a job, from the files it writes: with `follow` until it ends, or until nobody listens. */
export async function* readLogs(
	state: SlurmState,
	target: ResourceTarget,
	{follow, tail}: LogOptions,
	signal: AbortSignal,
): AsyncGenerator<readonly LogLine[]> {
	const {job, cluster} = await needJob(state, target, signal);
	if (cluster.client.output !== undefined) {
		yield* cluster.client.output(job, {follow, tail}, signal);
		return;
	}

	const paths = outputPaths(job);
	if (paths === undefined) {
		throw providerError('CWS_NOT_SUPPORTED', {
			message: `Nobody told where \`${job.name}\` writes.`,
			cause: job.isBatch ? 'the cluster did not say it' : 'it is no batch job: its output goes to a terminal',
		});
	}

	const wanted: OutputFile[] = [
		outputFile(paths.output, 'stdout'),
		...(paths.error === paths.output ? [] : [outputFile(paths.error, 'stderr')]),
	];
	let isFirst = true;
	let hasEnded = job.hasEnded;
	let askedAt = Date.now();
	const handles = new Map<OutputFile, FileHandle>();
	try {
		for (;;) {
			const mayEnd = hasEnded;
			for (const file of wanted) {
				const handle = handles.get(file) ?? (await openIfThere(file.path));
				if (handle !== undefined) {
					handles.set(file, handle);
					const lines = isFirst ? await lastLines(file, handle, tail) : await file.read(handle, mayEnd);
					if (lines.length > 0) {
						yield lines;
					}
				}
			}

			if (isFirst && handles.size === 0 && (hasEnded || !follow)) {
				throw noFile(job.name, paths.output, job.states.includes('PENDING'));
			}

			isFirst = false;
			if (!follow || mayEnd) {
				yield* wanted.map(file => file.rest()).filter(lines => lines.length > 0);
				return;
			}

			await sleep(lookMs, undefined, {signal});
			if (Date.now() - askedAt >= askEveryMs) {
				askedAt = Date.now();
				hasEnded = await isOver(state, target, signal);
			}
		}
	} catch (error) {
		if (!signal.aborted) {
			throw error;
		}
	} finally {
		await Promise.all([...handles.values()].map(async handle => handle.close()));
	}
}

/** A cluster that does not answer ends no log. */
async function isOver(state: SlurmState, target: ResourceTarget, signal: AbortSignal): Promise<boolean> {
	try {
		const found = await findJob(state, target, signal);
		return found === undefined || found.job.hasEnded;
	} catch {
		signal.throwIfAborted();
		return false;
	}
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
	try {
		return await open(path, 'r');
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') {
			return undefined;
		}

		throw providerError('CWS_FILE', {message: `${path} cannot be read.`, cause: code ?? 'unknown', fix: 'see who may read it'});
	}
}

const noFile = (name: string, path: string, isWaiting: boolean): Error =>
	providerError('CWS_NOT_FOUND', {
		message: `\`${name}\` has no output here.`,
		cause: isWaiting ? 'it has not started yet' : `${path} is not on this machine`,
		fix: isWaiting ? 'follow it with `-f`' : 'let it write to a directory that its nodes and this machine share, or connect to it',
	});
