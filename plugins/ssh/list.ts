import {type ListPage, type ProviderResource, type ResourceMetrics} from 'cws/sdk';
import {asTheyCome} from './as-they-come.ts';
import {type Machine} from './hosts/machines.ts';
import {isDue, remember} from './probe/due.ts';
import {type Answer, probeMachine} from './probe/probe.ts';
import {toMetrics} from './probe/to-metrics.ts';
import {type SshState} from './state.ts';
import {toResource} from './to-resource.ts';

const slowMs = 600;
const nextLookMs = 15_000;

/**
Rows come as machines answer: those that are not asked at once, the slow ones last. The host asks a provider less often whose lists
take long, by which one machine that says nothing would make all the others old. Ours wait, they do not work: so after a slow list the
next one is asked for in time.
*/
export async function* listMachines(state: SshState, signal: AbortSignal): AsyncGenerator<ListPage> {
	const startedAt = performance.now();
	const machines = await state.machines.all(signal);
	forget(state, machines);
	state.sessions.prune(new Set(machines.map(({name}) => name)), Date.now());
	const now = Date.now();
	const asked = machines.filter(
		machine => machine.isProbed && machine.problem === undefined && isDue(state.answers.get(machine.name), now, state.isWarm(machine)),
	);
	const rest = machines.filter(machine => !asked.includes(machine));
	yield {resources: rest.map(machine => row(state, machine, state.answers.get(machine.name)))};
	try {
		for await (const resource of asTheyCome(asked.map(async machine => look(state, machine, signal)))) {
			yield {resources: [resource]};
		}
	} finally {
		if (performance.now() - startedAt > slowMs) {
			state.pushes.pushLater({change: 'look', provider: 'ssh', type: 'machine'}, nextLookMs);
		}
	}
}

/** Looks at one machine now and remembers the answer. */
export async function look(state: SshState, machine: Machine, signal: AbortSignal): Promise<ProviderResource> {
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
