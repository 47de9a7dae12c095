import {type Provider, providerError, type ResourceTarget} from 'cws/sdk';
import {sshArguments} from './connection/arguments.ts';
import {type Machine} from './hosts/machines.ts';
import {listMachines, look} from './list.ts';
import {readLogs} from './logs.ts';
import {command, planLines, start} from './power/power.ts';
import {type SshState} from './state.ts';

const type = 'machine';

export const createProvider = (current: () => SshState): Provider => ({
	async *list(query, {signal}) {
		if (query.type === type) {
			yield* listMachines(current(), signal);
		}
	},
	async get(target, {signal}) {
		const machine = target.type === type ? await current().machines.find(target.id, signal) : undefined;
		return machine === undefined ? null : look(current(), machine, signal);
	},
	watch: ({signal}) => current().pushes.follow(signal),
	async plan(provider, spec) {
		throw providerError('CWS_NOT_SUPPORTED', {
			message: `\`${provider}\` cannot create a \`${spec.type}\`: it shows machines that are there already.`,
			fix: 'add the machine to ~/.ssh/config, or under `plugins.ssh.hosts`',
		});
	},
	planAction: async (action, target, {signal}) => ({lines: planLines(action, await machineOf(current(), target, signal))}),
	async start(target, call) {
		const state = current();
		const machine = await machineOf(state, target, call.signal);
		return state.demo?.start(machine) ?? start(machine, call);
	},
	stop: async (target, call) => command(current(), await machineOf(current(), target, call.signal), 'stopCommand', call),
	restart: async (target, call) => command(current(), await machineOf(current(), target, call.signal), 'restartCommand', call),
	async *logs(target, options, {signal}) {
		const state = current();
		const machine = await machineOf(state, target, signal);
		yield* state.demo?.logs(machine, options, signal) ?? readLogs(state, machine, options, signal);
	},
	async connect(target, {command: words = []}, {signal}) {
		const machine = await machineOf(current(), target, signal);
		if (current().demo !== undefined) {
			throw providerError('CWS_NOT_SUPPORTED', {message: `This is a demo: \`${machine.name}\` is a recording, and nothing answers there.`});
		}

		await current().loggedIn(machine, signal);
		return {
			kind: 'exec',
			command: 'ssh',
			// What ssh sends is one line for the shell there; a word stays a word only in quotes.
			args: [
				...sshArguments(machine, current().optionsOf(machine), 'interactive'),
				...(words.length > 0 ? ['-t'] : []),
				'--',
				machine.name,
				...words.map(quoteWord),
			],
			title: machine.name,
		};
	},
	async metrics(target, {signal}) {
		const {metrics, statusReason} = await look(current(), await machineOf(current(), target, signal), signal);
		if (metrics === undefined) {
			throw providerError('CWS_INVALID_STATE', {
				message: `\`${target.name}\` cannot be asked.`,
				...(statusReason && {cause: statusReason}),
			});
		}

		return metrics;
	},
});

const quoteWord = (word: string): string => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`);

async function machineOf({machines}: SshState, {id, name, type: asked}: ResourceTarget, signal: AbortSignal): Promise<Machine> {
	const machine = asked === type ? await machines.find(id, signal) : undefined;
	if (machine === undefined) {
		throw providerError('CWS_NOT_FOUND', {
			message: `There is no machine \`${name || id}\`.`,
			fix: 'see ~/.ssh/config and `plugins.ssh.hosts`',
		});
	}

	return machine;
}
