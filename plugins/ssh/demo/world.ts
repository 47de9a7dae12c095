import {setTimeout as sleep} from 'node:timers/promises';
import {type LogLine, type LogOptions, type OperationResult, providerError} from 'cws/sdk';
import {type SshPluginConfig} from '../config.ts';
import {type Finished, type RunSsh} from '../connection/run.ts';
import {type OpenSession} from '../connection/session.ts';
import {type Machine} from '../hosts/machines.ts';
import {probeText, troubleText} from './answers.ts';
import {type DemoMachine, demoMachines} from './fleet.ts';

/** What stands where ssh and the network would: it answers from the recording, and dials and runs nothing. */
export type DemoWorld = {
	readonly run: RunSsh;
	readonly open: OpenSession;
	/** Comes up after a while, whatever would have started it. */
	readonly start: (machine: Machine) => OperationResult;
	readonly logs: (machine: Machine, options: LogOptions, signal: AbortSignal) => AsyncGenerator<readonly LogLine[]>;
};

const bootMs = 5000;
const nextLineMs = 2000;

/** The machines of the recording instead of the person's own; no file of theirs is read. */
export const demoConfig = (config: SshPluginConfig): SshPluginConfig => ({
	...config,
	probe: 'configured',
	skip: [],
	configFile: '/nonexistent/demo',
	hosts: demoMachines.map(({host}) => host),
});

/** The recorded fleet, which changes when something is done to it and is as before after the next start. */
export function createDemoWorld(now: () => number): DemoWorld {
	const startedAt = now();
	/** Since when a machine is on, or that it is off; those that are not in it are as they were recorded. */
	const power = new Map<string, {readonly upAt: number}>();

	const isAway = ({host, trouble}: DemoMachine): boolean => {
		const changed = power.get(host.name);
		return changed === undefined ? trouble === 'away' : changed.upAt > now();
	};

	const bootedAt = ({host, days}: DemoMachine): number => power.get(host.name)?.upAt ?? startedAt - days * 86_400_000;

	const answerOf = (machine: DemoMachine): {readonly output: string} | {readonly ended: Finished} => {
		const trouble = isAway(machine) ? 'away' : machine.trouble === 'away' ? undefined : machine.trouble;
		return trouble === undefined
			? {output: probeText(machine, {now: now(), bootedAt: bootedAt(machine)})}
			: {ended: {stdout: '', stderr: troubleText(machine, trouble), code: 255, isTimedOut: false}};
	};

	return {
		async run({arguments: words, input}) {
			const done = (stdout: string, stderr = '', code = 0): Finished => ({stdout, stderr, code, isTimedOut: false});
			if (words.includes('-V')) {
				return done('', 'OpenSSH of the demo\n');
			}

			if (words.includes('-G')) {
				return done(resolvedText(find(words.at(-1))));
			}

			// What is left is a command of the person on the machine, which takes it down.
			const machine = find(words.at(-2));
			if (isAway(machine)) {
				return done('', troubleText(machine, 'away'), 255);
			}

			const isRestart = input?.trim() === machine.host.restartCommand;
			power.set(machine.host.name, {upAt: isRestart ? now() + bootMs : Number.POSITIVE_INFINITY});
			return done('', `Connection to ${machine.host.address} closed by remote host.\n`, 255);
		},
		async open(words) {
			const machine = find(words.at(-2));
			let isOpen = true;
			return {
				isOpen: () => isOpen,
				close() {
					isOpen = false;
				},
				async ask(_lines, _end, {signal}) {
					await sleep(machine.answerMs, undefined, {signal});
					const answer = answerOf(machine);
					isOpen &&= 'output' in answer;
					return answer;
				},
			};
		},
		start({name}) {
			power.set(name, {upAt: now() + bootMs});
			return {status: 'started', id: name, message: 'the demo sends nothing'};
		},
		async *logs({name}, {follow, tail}, signal) {
			const machine = find(name);
			if (!('output' in answerOf(machine))) {
				throw providerError('CWS_PROVIDER_FAILED', {
					message: `The log of \`${name}\` cannot be read.`,
					cause: 'nobody answers in the demo',
				});
			}

			const lines = machine.log.map((text, index): LogLine => ({
				at: now() - (machine.log.length - index) * 60_000,
				stream: 'stdout',
				text,
			}));
			yield lines.slice(Math.max(0, lines.length - tail));
			if (!follow) {
				return;
			}

			for (let line = 1; !signal.aborted; line++) {
				await sleep(nextLineMs, undefined, {signal}).catch(() => {});
				if (!signal.aborted) {
					yield [{at: now(), stream: 'stdout', text: `${machine.log.at(-1) ?? name} (recorded, line ${line})`}];
				}
			}
		},
	};
}

function find(name: string | undefined): DemoMachine {
	const machine = demoMachines.find(({host}) => host.name === name);
	if (machine === undefined) {
		throw providerError('CWS_NOT_FOUND', {message: `There is no machine \`${name}\` in the demo.`});
	}

	return machine;
}

const resolvedText = ({host, user, jump}: DemoMachine): string =>
	[`hostname ${host.address ?? host.name}`, `user ${user}`, 'port 22', ...(jump === undefined ? [] : [`proxyjump ${jump}`]), ''].join('\n');
