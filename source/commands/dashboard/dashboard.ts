import {listFlag, stringFlag, type Verb} from '../shared/verb.ts';

/** `cws` with flags only. */
export const dashboard: Verb = {
	name: '',
	usage: '',
	short: 'the dashboard',
	minimum: 0,
	maximum: 0,
	async run({flags, isInteractive}) {
		const given = {
			configFile: stringFlag(flags, 'config'),
			pluginDirs: listFlag(flags, 'pluginDir'),
			pluginConfig: listFlag(flags, 'pluginConfig'),
		};
		if (!isInteractive || !process.stdout.isTTY || flags.plain === true || process.env.TERM === 'dumb') {
			const {printStatus} = await import('./status.ts');
			return printStatus(given);
		}

		const {startDashboard} = await import('../../app/start-dashboard.ts');
		return startDashboard({isColorOff: flags.color === false, ...given});
	},
};
