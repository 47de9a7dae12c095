import {type Verb} from '../shared/verb.ts';

/** `cws` with flags only. */
export const dashboard: Verb = {
	name: '',
	usage: '',
	short: 'the dashboard',
	minimum: 0,
	maximum: 0,
	async run({flags, isInteractive}) {
		if (!isInteractive || !process.stdout.isTTY || flags.plain === true || process.env.TERM === 'dumb') {
			const {printStatus} = await import('./status.ts');
			return printStatus();
		}

		const {startDashboard} = await import('../../app/start-dashboard.ts');
		return startDashboard({isColorOff: flags.color === false, configFile: typeof flags.config === 'string' ? flags.config : undefined});
	},
};
