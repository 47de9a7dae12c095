import {failure} from '../../core/failure/failure.ts';
import {ask} from '../../platform/prompt.ts';
import {followOperation} from '../shared/follow.ts';
import {printPlan, renderPlan} from '../shared/plan-text.ts';
import {stringFlag, type Verb} from '../shared/verb.ts';
import {findResource} from '../shared/with-inventory.ts';

export const destroy: Verb = {
	name: 'destroy',
	usage: 'REF [--confirm NAME] [--dry-run]',
	short: 'destroy a resource and what hangs on it',
	minimum: 1,
	maximum: 1,
	flags: {
		confirm: {type: 'string', value: 'NAME', short: 'the name again, where nobody can be asked'},
		dryRun: {type: 'boolean', short: 'show what would go and change nothing'},
	},
	examples: ['cws destroy web-1', 'cws destroy local/web-1 --confirm web-1'],
	async run(context) {
		const {print, flags, signal} = context;
		const {engine, found} = await findResource(context, context.input[0]!);
		if (!found.ok) {
			return print.failure(found.error);
		}

		const {ref, name} = found.value;
		const plan = await engine.plan('destroy', {ref, confirm: name}, {origin: 'cli', signal});
		if (!plan.ok) {
			return print.failure(plan.error);
		}

		if (flags.dryRun) {
			return printPlan(print, plan.value);
		}

		let confirmed = stringFlag(flags, 'confirm');
		if (confirmed === undefined) {
			if (!context.isInteractive) {
				return print.failure(
					failure('CWS_DENIED', {message: `\`${name}\` was not destroyed: nobody confirmed it.`, fix: `add --confirm ${name}`}),
				);
			}

			renderPlan(plan.value).forEach(line => print.note(line));
			confirmed = await ask('Type the name to destroy it: ', signal);
			if (confirmed === undefined) {
				return print.failure(failure('CWS_CANCELLED', {message: 'Nothing was destroyed.'}));
			}
		}

		const started = await engine.run('destroy', {ref, confirm: confirmed.trim()}, {origin: 'cli', signal});
		return started.ok ? followOperation(context, engine, started.value) : print.failure(started.error);
	},
};
