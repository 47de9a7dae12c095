import {sshArguments} from '../connection/arguments.ts';
import {type Session} from '../connection/session.ts';
import {type Trouble, troubleOf} from '../connection/trouble.ts';
import {type Machine} from '../hosts/machines.ts';
import {type SshState} from '../state.ts';
import {parseProbe, type Probe} from './parse-probe.ts';
import {askProbe, defineProbe, endOfAnswer} from './script.ts';

export type Answer = {readonly probe: Probe; readonly latencyMs: number} | {readonly trouble: Trouble};

/** Looks at one machine through the shell that stays open there; where there is none, or it broke, a new one is opened. */
export async function probeMachine(state: SshState, machine: Machine, signal: AbortSignal): Promise<Answer> {
	const open = state.sessions.take(machine.name);
	if (open !== undefined) {
		const answer = await state.dial(machine, {isWarm: true}, signal, async () => look(state, machine, open, askProbe, signal));
		if ('probe' in answer) {
			return answer;
		}
	}

	return state.dial(machine, {}, signal, async () => {
		const session = await state.sessions.open([...sshArguments(machine, state.optionsOf(machine), 'batch'), '--', machine.name, 'exec sh']);
		return look(state, machine, session, defineProbe + askProbe, signal);
	});
}

async function look(state: SshState, machine: Machine, session: Session, lines: string, signal: AbortSignal): Promise<Answer> {
	const answer = await ask(session, machine, {lines, signal, timeoutMs: (state.config.connectSeconds + 7) * 1000});
	if ('probe' in answer && session.isOpen()) {
		state.sessions.put(machine.name, session);
	} else {
		session.close();
	}

	return answer;
}

async function ask(
	session: Session,
	{name}: Machine,
	{lines, signal, timeoutMs}: {readonly lines: string; readonly signal: AbortSignal; readonly timeoutMs: number},
): Promise<Answer> {
	const startedAt = performance.now();
	const reply = await session.ask(lines, endOfAnswer, {signal, timeoutMs});
	const trouble = 'ended' in reply ? troubleOf(name, reply.ended) : undefined;
	if (trouble !== undefined) {
		return {trouble};
	}

	const probe = 'output' in reply ? parseProbe(reply.output) : undefined;
	return probe === undefined
		? {
				trouble: {
					kind: 'failed',
					reason: 'it lets us in and does not run `sh`',
					fix: `see what \`ssh ${name} sh\` says; a forced command or a login message may be in the way`,
				},
			}
		: {probe, latencyMs: Math.round(performance.now() - startedAt)};
}
