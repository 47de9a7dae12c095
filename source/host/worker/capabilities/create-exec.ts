import {type Exec} from '../../../sdk/capabilities.ts';
import {type ExecItem, type ExecRunArguments} from '../../broker/capability.ts';
import {type Requests} from '../requests.ts';

export const createExec = ({stream}: Requests): Exec => ({
	async run(id, params = {}, {signal, ...options} = {}) {
		const args: ExecRunArguments = [id, params, options];
		let [code, stdout, stderr] = [-1, '', ''];
		for await (const item of stream('exec.run', args, signal) as AsyncIterable<ExecItem>) {
			if ('stdout' in item) {
				stdout += item.stdout;
			} else if ('stderr' in item) {
				stderr += item.stderr;
			} else {
				({code} = item);
			}
		}

		return Object.freeze({code, stdout, stderr});
	},
});
