import {failure} from '../../core/failure/failure.ts';
import {type Verb} from '../shared/verb.ts';

/** Plugins with a recorded fleet: they take the option `demo`. */
const recordedFleets = ['aws', 'docker', 'slurm', 'ssh'];

export const demo: Verb = {
	name: 'demo',
	usage: '[--fleet PLUGIN] [--resources N] [--seed N] [--faults]',
	short: 'the dashboard over scripted providers, nothing real',
	minimum: 0,
	maximum: 0,
	flags: {
		fleet: {
			type: 'string',
			value: 'PLUGIN',
			choices: recordedFleets,
			short: 'the recorded fleet of one plugin instead of the scripted ones',
		},
		resources: {type: 'number', value: 'N', short: 'how many resources (42)'},
		seed: {type: 'number', value: 'N', short: 'the same seed gives the same world (7)'},
		faults: {type: 'boolean', short: 'with throttling, failures and hostile names'},
	},
	examples: ['cws demo --resources 100000 --seed 7 --faults', 'cws demo --fleet aws'],
	async run({print, flags, isInteractive}) {
		const other = ['resources', 'seed', 'faults'].find(name => flags[name] !== undefined && flags[name] !== false);
		if (flags.fleet !== undefined && other !== undefined) {
			return print.failure(
				failure('CWS_USAGE', {
					message: `A recorded fleet is as it is: \`--${other}\` changes the scripted ones.`,
					fix: 'leave one of them out',
				}),
			);
		}

		if (!isInteractive || !process.stdout.isTTY) {
			return print.failure(failure('CWS_NO_TTY', {message: 'The demo is a dashboard and needs a terminal.', fix: 'Run it in a terminal.'}));
		}

		const {startDashboard} = await import('../../app/start-dashboard.ts');
		return startDashboard({
			isColorOff: flags.color === false,
			demo: {
				...(typeof flags.fleet === 'string' && {fleet: flags.fleet}),
				...(typeof flags.resources === 'number' && {resources: flags.resources}),
				...(typeof flags.seed === 'number' && {seed: flags.seed}),
				...(flags.faults === true && {faults: true}),
			},
		});
	},
};
