import {exitCodes} from '../../../core/failure/error-codes.ts';
import {type PluginAction} from '../action.ts';

/** Takes effect at the next start; a dashboard that is open looks again by itself when it is asked to. */
export const trust: PluginAction = {
	name: 'trust',
	usage: '[PATH] [--remove]',
	minimum: 0,
	maximum: 1,
	flags: {remove: {type: 'boolean', short: 'take the trust back'}},
	async run({app, input, flags, print}) {
		const {trusted} = await app();
		const [folder] = input;
		if (folder === undefined) {
			const folders = trusted.list();
			if (print.isJson) {
				print.json({folders});
			} else {
				(folders.length === 0 ? ['no folder is trusted'] : folders).forEach(line => print.line(line));
			}

			return exitCodes.done;
		}

		const isTrusted = flags['remove'] !== true;
		const done = isTrusted ? trusted.trust(folder) : trusted.distrust(folder);
		if (!done.ok) {
			return print.failure(done.error);
		}

		if (print.isJson) {
			print.json({folder: done.value, isTrusted});
		} else {
			print.line(
				isTrusted
					? `${done.value} is trusted; its plugins are asked for their permissions as any other`
					: `${done.value} is not trusted any more`,
			);
		}

		return exitCodes.done;
	},
};
