import {existsSync, mkdirSync} from 'node:fs';
import {providerError} from 'cws/sdk';
import {type LocalContext} from '../../context.ts';
import {isLoggerAlive, leaderOf} from '../../process/members.ts';
import {directoryOf, fileOf, workDirectoryOf} from '../../storage/paths.ts';
import {readStored, type StoredWorkstation, writeRecord} from '../../storage/records.ts';
import {writeFileAtomic} from '../../storage/write-file.ts';
import {findProgram} from '../deploy/find-program.ts';
import {keeperScript} from './keeper.ts';
import {limitsOf} from '../deploy/limits.ts';
import {type RunFile, type WorkstationRecord} from '../record.ts';
import {waitFor} from './wait.ts';

const startTimeoutMs = 5000;

/** Starts the keeper with the command and waits until it has recorded who the processes are. */
export async function startProcesses(context: LocalContext, record: WorkstationRecord, signal: AbortSignal): Promise<RunFile> {
	const {id, spec} = record;
	const {randomBytes} = await import('node:crypto');
	const run = randomBytes(9).toString('base64url');
	const cwd = spec.cwd ?? workDirectoryOf(context, id);
	if (spec.cwd === undefined) {
		mkdirSync(cwd, {recursive: true, mode: 0o700});
	} else if (!existsSync(spec.cwd)) {
		throw providerError('CWS_PROVIDER_FAILED', {
			message: `Cannot start \`${record.name}\`: its directory \`${spec.cwd}\` is gone.`,
			fix: 'create the directory again, or destroy the workstation',
		});
	}

	signal.throwIfAborted();
	const env = environmentOf(context, record);
	const limits = limitsOf(spec, {path: env.PATH});
	writeFileAtomic(fileOf(context, id, 'keeper.sh'), keeperScript);
	writeRecord(context, {
		...record,
		start: {run, at: Date.now(), isFirst: record.start === undefined, limits: limits.lines.map(({label, value}) => `${label}: ${value}`)},
	});
	await spawnDetached(
		[
			'/bin/sh',
			fileOf(context, id, 'keeper.sh'),
			'keep',
			directoryOf(context, id),
			run,
			cwd,
			...limits.prefix,
			'/bin/sh',
			'-c',
			spec.command,
		],
		env,
	);
	// Not cut short by a cancel: what is being started has to be known, or nobody could end it.
	const started = await waitFor(() => startedRun(context, id, run), {timeoutMs: startTimeoutMs});
	if (started === undefined) {
		throw providerError('CWS_PROVIDER_FAILED', {
			message: `Cannot start \`${record.name}\`: its keeper did not record the start.`,
			cause: 'the disk may be full, or the machine very busy',
			fix: `see \`cws health\`; the files are in ${directoryOf(context, id)}`,
			retryable: true,
		});
	}

	return started;
}

/** Gives a running workstation whose logger was killed a new one, so that its output does not come to a halt. */
export async function mendLogger(context: LocalContext, {record, run}: StoredWorkstation): Promise<void> {
	const pipe = fileOf(context, record.id, 'out');
	// A program that closed its output needs no logger, and one that waits for a writer would wait for ever.
	if (
		run !== undefined &&
		leaderOf(context, run) !== undefined &&
		!isLoggerAlive(context, run) &&
		context.processes.writesTo(run.pid, pipe)
	) {
		await spawnDetached(['/bin/sh', fileOf(context, record.id, 'keeper.sh'), 'log', directoryOf(context, record.id)], context.env);
	}
}

/** What its processes see: the person's own environment, and what the workstation adds. */
export const environmentOf = (context: LocalContext, {name, spec}: WorkstationRecord): Readonly<Record<string, string>> => ({
	...context.env,
	CWS_WORKSTATION: name,
	...(spec.port !== undefined && {PORT: String(spec.port)}),
	...spec.env,
});

function startedRun(context: LocalContext, id: string, run: string): RunFile | undefined {
	const stored = readStored(context, id);
	if (typeof stored !== 'object') {
		return undefined;
	}

	if (stored.exit?.run === run && stored.run?.run !== run) {
		throw providerError('CWS_PROVIDER_FAILED', {
			message: `Cannot start \`${stored.record.name}\`: its keeper cannot write to its directory.`,
			fix: `see \`cws health\`; the files are in ${directoryOf(context, id)}`,
		});
	}

	return stored.run?.run === run ? stored.run : undefined;
}

/**
`detached` makes the child lead a session; `setsid` then has to fork, so the keeper becomes nobody's child and is
reaped by the system when it ends. Without `setsid` it stays a child of ours in its own session.
*/
async function spawnDetached(command: readonly string[], env: Readonly<Record<string, string>>): Promise<void> {
	const {spawn} = await import('node:child_process');
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	const hasSetsid = findProgram('setsid', env.PATH) !== undefined;
	const [file, ...args] = hasSetsid ? ['setsid', ...command] : command;
	const child = spawn(file!, args, {detached: true, stdio: 'ignore', cwd: '/', env});
	child.once('error', reject);
	child.once(hasSetsid ? 'exit' : 'spawn', () => {
		child.unref();
		resolve();
	});
	return promise;
}
