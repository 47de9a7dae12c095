import {type ChildProcess} from 'node:child_process';
import {existsSync} from 'node:fs';
import {type Duplex} from 'node:stream';
import {createFrameReader, packFrame} from '../protocol/byte-frames.ts';
import {packBody} from '../protocol/frame.ts';
import {waitedMsOf} from './fair-time.ts';
import {lowerPriorityOf, processStats} from './process-stats.ts';
import {sandboxFlags, sandboxSetupOf} from './sandbox-start.ts';
import {type OpenTransport, type TransportExit, type TransportSetup} from './transport.ts';

const outputLength = 8 * 1024;
/** Its heap may fill up without harm to anybody, so it needs no headroom. */
const heapMb = 1024;
const setpriv = '/usr/bin/setpriv';

/** The same sandbox in a process of its own: whatever its memory or an engine's bug does ends there. */
export const openProcessTransport =
	(bootstrap: () => string): OpenTransport =>
	setup => {
		const child = start(setup, bootstrap());
		const pipe = child.stdio[3] as Duplex;
		let exit: TransportExit | undefined;
		let isKilled = false;
		const ended = new Promise<void>(resolve => {
			child.once('error', error => {
				exit ??= {code: -1, error};
				resolve();
			});
			child.once('exit', (code, signal) => {
				exit ??= {code: code ?? -1, ...(!isKilled && signal !== null && {error: deathBy(signal)})};
				resolve();
			});
		});
		return {
			send(kind, id, value) {
				const body = value === undefined ? undefined : packBody(JSON.stringify(value));
				if (value !== undefined && body === undefined) {
					return false;
				}

				pipe.write(packFrame(body === undefined ? [kind, id] : [kind, id, body]));
				return true;
			},
			onFrame(listener) {
				const read = createFrameReader(frame => {
					if (!isKilled) {
						listener(frame);
					}
				});
				pipe.on('data', read);
			},
			onOutput(listener) {
				for (const stream of ['stdout', 'stderr'] as const) {
					child[stream]!.on('data', (chunk: Buffer) => listener(stream, chunk.subarray(0, outputLength).toString()));
				}
			},
			onExit: listener => void ended.then(() => listener(exit!)),
			stats: async () => processStats(pidOf(child)),
			waitedMs: () => waitedMsOf(`/proc/${pidOf(child)}`),
			lowerPriority: nice => lowerPriorityOf(pidOf(child), nice),
			async kill() {
				const startedAt = performance.now();
				isKilled = true;
				killGroup(child);
				await ended;
				pipe.destroy();
				return performance.now() - startedAt;
			},
		};
	};

function start(setup: TransportSetup, bootstrap: string): ChildProcess {
	// As input, because an argument may not be so long. The pipe of the frames is a fourth one, so that nothing printed gets into it.
	const args = [...sandboxFlags, `--max-old-space-size=${Math.min(setup.hardHeapMb, heapMb)}`, '-'];
	const [command, first] = diesWithUs() ? [setpriv, ['--pdeathsig', 'KILL', process.execPath]] : [process.execPath, []];
	// Loaded when it is needed, which is seldom.
	const {spawn} = process.getBuiltinModule('node:child_process');
	const child = spawn(command, [...first, ...args], {cwd: '/', env: {}, detached: true, stdio: ['pipe', 'pipe', 'pipe', 'pipe']});
	for (const stream of child.stdio) {
		// It may end while something is being written.
		stream?.on('error', () => {});
	}

	child.stdin.end(`'use strict';globalThis.cwsSandboxSetup=${JSON.stringify(sandboxSetupOf(setup))};\n${bootstrap}`);
	return child;
}

/** A loop does not see that its pipe closed; where the system can, it ends such a process when cws ends in whatever way. */
const diesWithUs = (): boolean => process.platform === 'linux' && existsSync(setpriv);

function pidOf({pid}: ChildProcess): number {
	if (pid === undefined) {
		throw new Error('the process did not start');
	}

	return pid;
}

function killGroup({pid}: ChildProcess): void {
	try {
		process.kill(-pid!, 'SIGKILL');
	} catch {
		// It has ended already.
	}
}

/** By itself a process of ours dies of nothing but its memory: the engine aborts, or the system takes it. */
const deathBy = (signal: NodeJS.Signals): Error & {code: string} =>
	Object.assign(new Error(`the process was ended by ${signal}`), {code: 'ERR_WORKER_OUT_OF_MEMORY'});
