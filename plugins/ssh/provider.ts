import {type ListPage, type Provider, providerError, type ProviderResource, type ResourceMetrics, type ResourceTarget} from 'cws/sdk';
import {asTheyCome} from './as-they-come.ts';
import {sshArguments} from './connection/arguments.ts';
import {type Machine} from './hosts/machines.ts';
import {readLogs} from './logs.ts';
import {command, planLines, start} from './power/power.ts';
import {isDue, remember} from './probe/due.ts';
import {type Answer, probeMachine} from './probe/probe.ts';
import {toMetrics} from './probe/to-metrics.ts';
import {type SshState} from './state.ts';
import {toResource} from './to-resource.ts';

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
	async plan(provider, spec) {
		throw providerError('CWS_NOT_SUPPORTED', {
			message: `\`${provider}\` cannot create a \`${spec.type}\`: it shows machines that are there already.`,
			fix: 'add the machine to ~/.ssh/config, or under `plugins.ssh.hosts`',
		});
	},
	planAction: async (action, target, {signal}) => ({lines: planLines(action, await machineOf(current(), target, signal))}),
	start: async (target, call) => start(await machineOf(current(), target, call.signal), call),
	stop: async (target, call) => command(current(), await machineOf(current(), target, call.signal), 'stopCommand', call),
	restart: async (target, call) => command(current(), await machineOf(current(), target, call.signal), 'restartCommand', call),
	async *logs(target, options, {signal}) {
		yield* readLogs(current(), await machineOf(current(), target, signal), options, signal);
	},
	async connect(target, {command: words = []}, {signal}) {
		const machine = await machineOf(current(), target, signal);
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

/** Rows come as machines answer: those that are not asked at once, the slow ones last. */
async function* listMachines(state: SshState, signal: AbortSignal): AsyncGenerator<ListPage> {
	const machines = await state.machines.all(signal);
	forget(state, machines);
	state.sessions.prune(new Set(machines.map(({name}) => name)), Date.now());
	const now = Date.now();
	const asked = machines.filter(
		machine => machine.isProbed && machine.problem === undefined && isDue(state.answers.get(machine.name), now, state.isWarm(machine)),
	);
	const rest = machines.filter(machine => !asked.includes(machine));
	yield {resources: rest.map(machine => row(state, machine, state.answers.get(machine.name)))};
	for await (const resource of asTheyCome(asked.map(async machine => look(state, machine, signal)))) {
		yield {resources: [resource]};
	}
}

/** Looks at one machine now and remembers the answer. */
async function look(state: SshState, machine: Machine, signal: AbortSignal): Promise<ProviderResource> {
	if (machine.problem !== undefined) {
		return row(state, machine, undefined);
	}

	const before = state.answers.get(machine.name);
	const answer = await probeMachine(state, machine, signal);
	state.answers.set(machine.name, remember(answer, before, Date.now()));
	return row(state, machine, answer, before);
}

function row({config}: SshState, machine: Machine, answer: Answer | undefined, before?: Answer): ProviderResource {
	const metrics: ResourceMetrics | undefined =
		answer !== undefined && 'probe' in answer
			? toMetrics(answer.probe, before !== undefined && 'probe' in before ? before.probe : undefined)
			: undefined;
	return toResource(machine, answer, metrics, config);
}

function forget({answers}: SshState, machines: readonly Machine[]) {
	const names = new Set(machines.map(({name}) => name));
	for (const name of answers.keys()) {
		if (!names.has(name)) {
			answers.delete(name);
		}
	}
}
