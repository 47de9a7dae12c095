import {spawn} from 'node:child_process';
import {Duplex} from 'node:stream';
import {type Address} from '../endpoint/address.ts';
import {sshConnectMs} from './connector.ts';

/** Why the other end of an SSH connection closed before it said anything. */
export class SshError extends Error {
	override readonly name = 'SshError';
	readonly output: string;
	readonly exitCode: number | null;

	constructor(output: string, exitCode: number | null) {
		super(output === '' ? `ssh ended with ${exitCode ?? 'a signal'}` : output);
		this.output = output;
		this.exitCode = exitCode;
	}
}

const longestNote = 4096;

/**
One connection to the engine of another machine: the system's `ssh`, so that agents, jump hosts and hardware keys work, carries
`docker system dial-stdio`. It never asks anything: there is nobody at its terminal.
*/
export function dialStdio(address: Address & {readonly kind: 'ssh'}): Duplex {
	const child = spawn('ssh', sshArguments(address), {stdio: ['pipe', 'pipe', 'pipe']});
	let note = '';
	let hasSpoken = false;
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		note = (note + text).slice(-longestNote);
	});
	child.stdin.on('error', () => {});
	const stream = new Duplex({
		read() {
			child.stdout.resume();
		},
		write(chunk: Buffer, _encoding, done) {
			if (child.stdin.write(chunk)) {
				done();
			} else {
				child.stdin.once('drain', () => done());
			}
		},
		final(done) {
			child.stdin.end(done);
		},
		destroy(error, done) {
			child.kill();
			done(error);
		},
	});
	child.stdout.on('data', (chunk: Buffer) => {
		hasSpoken = true;
		if (!stream.push(chunk)) {
			child.stdout.pause();
		}
	});
	child.on('error', error => stream.destroy(error));
	child.on('close', code => {
		if (hasSpoken && code === 0) {
			stream.push(null);
		} else {
			stream.destroy(new SshError(note.trim(), code));
		}
	});
	// A socket keeps its process alive or not; this one's process is a thread that the host ends.
	return Object.assign(stream, {ref: () => stream, unref: () => stream, setNoDelay: () => stream, setKeepAlive: () => stream});
}

function sshArguments({host, user, port, path}: Address & {readonly kind: 'ssh'}): readonly string[] {
	return [
		'-o',
		'BatchMode=yes',
		'-o',
		`ConnectTimeout=${sshConnectMs / 1000}`,
		'-T',
		...(user === undefined ? [] : ['-l', user]),
		...(port === undefined ? [] : ['-p', String(port)]),
		'--',
		host,
		...(path === undefined ? ['docker', 'system', 'dial-stdio'] : ['docker', '--host', quoted(`unix://${path}`), 'system', 'dial-stdio']),
	];
}

// The other side's shell reads the words again.
const quoted = (word: string): string => (/^[\w./:@-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`);
