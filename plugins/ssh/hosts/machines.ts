import {statSync} from 'node:fs';
import path from 'node:path';
import {type HostConfig, type SshPluginConfig} from '../config.ts';
import {isCodeForge} from './code-forges.ts';
import {type Resolved} from './resolve.ts';
import {hostNames} from './ssh-config.ts';

/** A machine with what is known of it without dialling it. */
export type Machine = {
	readonly name: string;
	readonly config?: HostConfig;
	readonly resolved?: Resolved;
	/** Whether it may be looked at without being asked to. */
	readonly isProbed: boolean;
	/** Why ssh could not say where it is. */
	readonly problem?: string;
};

export type Machines = {
	/** Every machine, as the files say now. */
	readonly all: (signal: AbortSignal) => Promise<readonly Machine[]>;
	readonly find: (name: string, signal: AbortSignal) => Promise<Machine | undefined>;
};

type Options = {
	readonly config: SshPluginConfig;
	readonly home: string;
	readonly resolve: (machine: {readonly name: string; readonly config?: HostConfig}, signal: AbortSignal) => Promise<Resolved>;
};

/** Machines of ssh's file and of the configuration; what ssh says of a name is asked again only when its file changed. */
export function createMachines({config, home, resolve}: Options): Machines {
	const file = config.configFile ?? path.join(home, '.ssh', 'config');
	const resolved = new Map<string, {readonly value?: Resolved; readonly problem?: string}>();
	let version = '';

	async function look(name: string, own: HostConfig | undefined, signal: AbortSignal): Promise<Machine> {
		let known = resolved.get(name);
		if (known === undefined) {
			try {
				known = {value: await resolve({name, ...(own && {config: own})}, signal)};
			} catch (error) {
				signal.throwIfAborted();
				known = {problem: (error as Error).message};
			}

			resolved.set(name, known);
		}

		const {value, problem} = known;
		return {
			name,
			...(own && {config: own}),
			...(value && {resolved: value}),
			...(problem !== undefined && {problem}),
			isProbed: config.probe === 'all' || (config.probe === 'configured' && own !== undefined),
		};
	}

	async function all(signal: AbortSignal): Promise<readonly Machine[]> {
		const now = versionOf(file);
		if (now !== version) {
			version = now;
			resolved.clear();
		}

		const own = new Map(config.hosts.map(host => [host.name, host]));
		const names = [...new Set([...own.keys(), ...hostNames(file, home).filter(name => !config.skip.includes(name))])];
		const machines: Machine[] = [];
		// `ssh -G` costs a process each: some at a time, once.
		for (let first = 0; first < names.length; first += 8) {
			machines.push(...(await Promise.all(names.slice(first, first + 8).map(async name => look(name, own.get(name), signal)))));
		}

		return machines.filter(({resolved, config}) => config !== undefined || resolved === undefined || !isCodeForge(resolved));
	}

	return {
		all,
		find: async (name, signal) => (await all(signal)).find(machine => machine.name === name),
	};
}

function versionOf(file: string): string {
	try {
		const {mtimeMs, size, ino} = statSync(file);
		return `${ino}:${mtimeMs}:${size}`;
	} catch {
		return 'none';
	}
}
