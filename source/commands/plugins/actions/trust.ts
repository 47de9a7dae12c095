import {resolve} from 'node:path';
import {exitCodes} from '../../../core/failure/error-codes.ts';
import {type PluginAction} from '../action.ts';

export const trust: PluginAction = {
	name: 'trust',
	usage: '[PATH] [--remove]',
	minimum: 0,
	maximum: 1,
	flags: {remove: {type: 'boolean', short: 'take the trust back'}},
	async run({app, input, flags, print, signal}) {
		const {trusted, engine} = await app();
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
		const done = await engine.run('trustFolder', {folder: resolve(folder), isTrusted}, {origin: 'cli', signal});
		if (!done.ok) {
			return print.failure(done.error);
		}

		if (print.isJson) {
			print.json(done.value);
		} else {
			print.line(
				isTrusted
					? `${done.value.folder} is trusted; its plugins are asked for their permissions as any other`
					: `${done.value.folder} is not trusted any more`,
			);
		}

		return exitCodes.done;
	},
};
