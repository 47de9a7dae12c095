import {resolve} from 'node:path';
import {exitCodes} from '../../../core/failure/error-codes.ts';
import {safeLines} from '../../../core/text/safe-text.ts';
import {type PluginAction} from '../action.ts';

export const test: PluginAction = {
	name: 'test',
	usage: '[PATH]',
	minimum: 0,
	maximum: 1,
	async run({print, input, signal}) {
		const {testContract} = await import('../../../app/plugin-contract.ts');
		const report = await testContract(resolve(input[0] ?? '.'), {
			environment: process.env,
			signal,
			onAnswer({title, status, problem}) {
				if (!print.isJson && status !== 'does not apply') {
					print.line(`${status === 'kept' ? '✓' : '✗'} ${title}`);
					safeLines(problem ?? '')
						.split('\n')
						.filter(Boolean)
						.slice(0, 12)
						.forEach(line => print.line(`    ${line}`));
				}
			},
		});
		if (!report.ok) {
			return print.failure(report.error);
		}

		const {id, version, answers} = report.value;
		const count = (wanted: string) => answers.filter(({status}) => status === wanted).length;
		if (print.isJson) {
			print.json(report.value);
		} else {
			print.line(
				`${id} ${version}: ${count('kept')} kept, ${count('broken')} broken, ${count('does not apply')} say nothing about this plugin`,
			);
		}

		return count('broken') === 0 ? exitCodes.done : exitCodes.failed;
	},
};
