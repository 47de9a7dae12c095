import {followOperation} from '../shared/follow.ts';
import {printPlan} from '../shared/plan-text.ts';
import {type Verb} from '../shared/verb.ts';
import {findResource} from '../shared/with-inventory.ts';

type Action = 'start' | 'stop' | 'restart' | 'hibernate' | 'resume';

const lifecycle = (name: Action, short: string): Verb => ({
	name,
	usage: 'REF [--dry-run]',
	short,
	minimum: 1,
	maximum: 1,
	flags: {dryRun: {type: 'boolean', short: 'show the plan and change nothing'}},
	async run(context) {
		const {engine, found} = await findResource(context, context.input[0]!);
		if (!found.ok) {
			return context.print.failure(found.error);
		}

		const {ref} = found.value;
		if (context.flags.dryRun) {
			const plan = await engine.plan(name, {ref}, {origin: 'cli', signal: context.signal});
			if (!plan.ok) {
				return context.print.failure(plan.error);
			}

			return printPlan(context.print, plan.value);
		}

		const started = await engine.run(name, {ref}, {origin: 'cli', signal: context.signal});
		return started.ok ? followOperation(context, engine, started.value) : context.print.failure(started.error);
	},
});

export const start = lifecycle('start', 'start what is stopped');
export const stop = lifecycle('stop', 'stop it; it can be started again');
export const restart = lifecycle('restart', 'stop and start');
export const hibernate = lifecycle('hibernate', 'freeze it with its memory');
export const resume = lifecycle('resume', 'wake what is hibernated');
