import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {connect, createServer, type AddressInfo} from 'node:net';
import {tmpdir, userInfo} from 'node:os';
import path from 'node:path';
import {until} from '../lib/until.ts';

const program = '/usr/sbin/sshd';

/** Why there is no real server here, for `skip`. */
export const missing = existsSync(program) ? false : 'openssh-server is not installed';

export type Sshd = {
	readonly directory: string;
	readonly port: number;
	/** A file for `ssh -F` that knows `names` and the right key of this server. */
	readonly configFile: string;
	readonly knownHosts: string;
	readonly key: string;
	readonly pid: () => number;
	/** As the kernel would end it: at once, with its sessions. */
	readonly kill: () => Promise<void>;
	readonly start: () => Promise<void>;
	/** Sends a signal to it and to its sessions. */
	readonly signal: (name: NodeJS.Signals) => void;
	readonly newHostKey: () => void;
	/** Forgets the old host key and knows the present one. */
	readonly trust: () => void;
	/** Shell lines that switch the machine off, with everybody on it, and on again. */
	readonly power: {readonly off: string; readonly on: string};
	/** What it wrote to its log. */
	readonly log: () => string;
	/** How often somebody came in with a key. */
	readonly logins: () => number;
	/** How many connections it refused because too many were logging in. */
	readonly dropped: () => number;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

type Options = {
	readonly maxStartups?: string;
	/** Programs that only this machine has, by name: lines of `sh`. */
	readonly programs?: Readonly<Record<string, string>>;
};

/** An sshd on a loopback port in a directory of its own: key login only, for the user who runs this. */
export async function startSshd(names: readonly string[], {maxStartups = '100', programs = {}}: Options = {}): Promise<Sshd> {
	const directory = mkdtempSync(path.join(tmpdir(), 'cws-sshd-'));
	const file = (name: string) => path.join(directory, name);
	const port = await freePort();
	const keygen = (name: string) => execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', `cws-${name}`, '-f', file(name)]);
	const trust = () =>
		writeFileSync(file('known_hosts'), `[127.0.0.1]:${port} ${readFileSync(file('host.pub'), 'utf8').split(' ').slice(0, 2).join(' ')}\n`);
	keygen('host');
	keygen('key');
	trust();
	writeFileSync(file('authorized_keys'), readFileSync(file('key.pub')), {mode: 0o600});
	writeFileSync(
		file('sshd_config'),
		[
			`Port ${port}`,
			'ListenAddress 127.0.0.1',
			`HostKey ${file('host')}`,
			`PidFile ${file('pid')}`,
			`AuthorizedKeysFile ${file('authorized_keys')}`,
			'PasswordAuthentication no',
			'KbdInteractiveAuthentication no',
			'UsePAM no',
			'PermitRootLogin prohibit-password',
			'StrictModes no',
			'PrintMotd no',
			'LogLevel VERBOSE',
			`MaxStartups ${maxStartups}`,
			// With a home of its own: what this machine's person runs at each login takes its time, and leaves its locks when it is killed.
			`SetEnv PATH=${file('bin')}:/usr/local/bin:/usr/bin:/bin HOME=${directory}`,
			'',
		].join('\n'),
	);
	writeFileSync(
		file('ssh_config'),
		[
			`Host ${names.join(' ')}`,
			'  HostName 127.0.0.1',
			`  Port ${port}`,
			`  User ${userInfo().username}`,
			`  IdentityFile ${file('key')}`,
			'  IdentitiesOnly yes',
			`  UserKnownHostsFile ${file('known_hosts')}`,
			'  StrictHostKeyChecking yes',
			'',
		].join('\n'),
	);
	if (userInfo().uid === 0) {
		// Fixed in sshd: where it drops its rights.
		mkdirSync('/run/sshd', {recursive: true, mode: 0o755});
	}

	mkdirSync(file('bin'));
	for (const [name, lines] of Object.entries(programs)) {
		writeFileSync(file(`bin/${name}`), `#!/bin/sh\n${lines}\n`, {mode: 0o755});
	}

	const power = {
		on: `${program} -E ${file('log')} -f ${file('sshd_config')}`,
		// With the sessions, as a machine that loses its power; the file first, since this line is one of them.
		off: `p=$(cat ${file('pid')}); rm ${file('pid')}; kill -9 $p $(cat /proc/$p/task/$p/children)`,
	};
	const pid = () => Number(existsSync(file('pid')) && readFileSync(file('pid'), 'utf8'));
	// It goes into the background by itself, and says who it is a little after it listens.
	const start = async () => {
		execFileSync('sh', ['-c', power.on], {stdio: 'ignore'});
		await until(async () => pid() > 0 && (await isListening(port)), Boolean);
	};
	const end = async (signal: NodeJS.Signals) => {
		const server = pid();
		rmSync(file('pid'), {force: true});
		const all = server > 0 ? [server, ...childrenOf(server)] : [];
		for (const [index, one] of all.entries()) {
			tell(one, index === 0 ? signal : 'SIGKILL');
		}

		await until(
			async () => isListening(port),
			isUp => !isUp,
		);
	};
	const log = () => readFileSync(file('log'), 'utf8');
	await start();
	return {
		directory,
		port,
		configFile: file('ssh_config'),
		knownHosts: file('known_hosts'),
		key: file('key'),
		pid,
		power,
		trust,
		kill: async () => end('SIGKILL'),
		start,
		signal(name) {
			for (const one of [pid(), ...childrenOf(pid())]) {
				tell(one, name);
			}
		},
		newHostKey() {
			rmSync(file('host'));
			rmSync(file('host.pub'));
			keygen('host');
		},
		log,
		logins: () => log().match(/Accepted publickey/g)?.length ?? 0,
		dropped: () => log().match(/past MaxStartups/g)?.length ?? 0,
		async [Symbol.asyncDispose]() {
			await end('SIGTERM');
			// Sessions that are on their way out still write to the log.
			rmSync(directory, {recursive: true, force: true, maxRetries: 10});
		},
	};
}

/** The independent client: the system's ssh without anything of ours. */
export const ssh = (configFile: string, name: string, command: string): string =>
	execFileSync('ssh', ['-F', configFile, '-o', 'BatchMode=yes', name, command], {
		encoding: 'utf8',
		timeout: 20_000,
		stdio: ['ignore', 'pipe', 'pipe'],
	});

function tell(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(pid, signal);
	} catch {
		// It has ended.
	}
}

const isListening = async (port: number): Promise<boolean> =>
	new Promise(resolve => {
		const socket = connect(port, '127.0.0.1', () => {
			socket.destroy();
			resolve(true);
		});
		socket.on('error', () => {
			resolve(false);
		});
	});

function childrenOf(pid: number): readonly number[] {
	try {
		const own = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim().split(/\s+/).filter(Boolean).map(Number);
		return own.flatMap(child => [child, ...childrenOf(child)]);
	} catch {
		return [];
	}
}

export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const {port} = server.address() as AddressInfo;
	await new Promise(resolve => {
		server.close(resolve);
	});
	return port;
}
