import {type Exec} from '../../../sdk/capabilities.ts';
import {type ExecItem, type ExecRunArguments} from '../../broker/capability.ts';
import {type Requests} from '../requests.ts';

/** `hasTerminal`: one of its programs may have the terminal. */
export const createExec = ({call, stream}: Requests, hasTerminal: boolean): Exec => ({
	...(hasTerminal && {
		interactive: async (id: string, params: Readonly<Record<string, string>> = {}) =>
			call('exec.interactive', [id, params]) as Promise<{readonly code: number}>,
	}),
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
