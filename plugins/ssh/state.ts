import {existsSync} from 'node:fs';
import {homedir} from 'node:os';
import {type SshPluginConfig} from './config.ts';
import {configFileArguments, type SshOptions, sshArguments} from './connection/arguments.ts';
import {controlDirectory, socketOf} from './connection/control-directory.ts';
import {createGate} from './connection/gate.ts';
import {createLogins} from './connection/logins.ts';
import {type RunSsh, runSsh} from './connection/run.ts';
import {openSession, type OpenSession} from './connection/session.ts';
import {createSessions, type Sessions} from './connection/sessions.ts';
import {type DemoWorld} from './demo/world.ts';
import {createMachines, type Machine, type Machines} from './hosts/machines.ts';
import {resolveHost} from './hosts/resolve.ts';
import {type Remembered} from './probe/due.ts';
import {createPushes, type Pushes} from './pushes.ts';

const warmAtOnce = 24;

/** What the parts of this plugin share. */
export type SshState = {
	readonly config: SshPluginConfig;
	readonly machines: Machines;
	readonly run: RunSsh;
	readonly optionsOf: (machine: Machine) => SshOptions;
	/** Runs work that dials a machine: new connections a few at a time for each gateway, shared ones nearly freely. */
	readonly dial: <Result>(
		machine: Machine,
		options: {readonly isWarm?: boolean},
		signal: AbortSignal,
		work: () => Promise<Result>,
	) => Promise<Result>;
	/** Waits while somebody else logs in there, since that connection will be shared. */
	readonly loggedIn: (machine: Machine, signal: AbortSignal) => Promise<void>;
	readonly sessions: Sessions;
	readonly pushes: Pushes;
	/** The last answer of each machine, by name. */
	readonly answers: Map<string, Remembered>;
	/** Whether a shared connection to it is open. */
	readonly isWarm: (machine: Machine) => boolean;
	/** Stands for ssh, the machines and the network; only in the demo. */
	readonly demo?: DemoWorld;
	/** Closes the shared connections we made. */
	readonly hangUp: () => Promise<void>;
};

export function createState(
	config: SshPluginConfig,
	data: string,
	{
		run = runSsh,
		open = openSession,
		home = homedir(),
		environment = process.env,
		demo,
	}: {run?: RunSsh; open?: OpenSession; home?: string; environment?: NodeJS.ProcessEnv; demo?: DemoWorld} = {},
): SshState {
	const cold = createGate(config.coldConnections);
	const warm = createGate(warmAtOnce);
	const sessions = createSessions(open, config.keepSeconds * 1000);
	const dialled = new Map<string, Machine>();
	const pushes = createPushes();
	const logins = createLogins();
	let sockets: string | undefined;

	const optionsOf = ({name}: Machine): SshOptions => ({
		...(config.configFile !== undefined && {configFile: config.configFile}),
		connectSeconds: config.connectSeconds,
		keepSeconds: config.keepSeconds,
		socket: demo === undefined ? socketOf((sockets ??= controlDirectory(data, environment)), name) : 'none',
	});

	const isWarm = (machine: Machine) => demo === undefined && existsSync(optionsOf(machine).socket);

	const loggedIn = async (machine: Machine, signal: AbortSignal) => logins.settled(machine.name, () => isWarm(machine), signal);

	return {
		config,
		run,
		loggedIn,
		isWarm,
		sessions,
		pushes,
		...(demo && {demo}),
		optionsOf,
		answers: new Map(),
		machines: createMachines({
			config,
			home,
			async resolve({name, config: own}, signal) {
				const resolved = await resolveHost(
					async request => run({...request, arguments: [...configFileArguments(config.configFile), ...request.arguments]}),
					name,
					signal,
				);
				const address = own?.address ?? resolved.address;
				const port = own?.port ?? resolved.port;
				const isDirect = resolved.gateway === `${resolved.address}:${resolved.port}`;
				return {...resolved, address, port, user: own?.user ?? resolved.user, ...(isDirect && {gateway: `${address}:${port}`})};
			},
		}),
		async dial(machine, {isWarm: isOpen = false}, signal, work) {
			const {name, resolved} = machine;
			dialled.set(name, machine);
			if (!isOpen) {
				await loggedIn(machine, signal);
			}

			return isOpen || resolved?.isShared === true || isWarm(machine)
				? warm('warm', signal, work)
				: logins.during(name, async () => cold(resolved?.gateway ?? name, signal, work));
		},
		async hangUp() {
			pushes.end();
			sessions.closeAll();
			const signal = AbortSignal.timeout(1500);
			const open = [...dialled.values()].filter(machine => machine.resolved?.isShared !== true && isWarm(machine));
			await Promise.allSettled(
				open.map(async machine =>
					run({
						arguments: ['-O', 'exit', ...sshArguments(machine, optionsOf(machine), 'batch'), '--', machine.name],
						signal,
						timeoutMs: 1500,
					}),
				),
			);
		},
	};
}
