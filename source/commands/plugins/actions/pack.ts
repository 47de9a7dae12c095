import {resolve} from 'node:path';
import {exitCodes} from '../../../core/failure/error-codes.ts';
import {formatBytes} from '../../../core/text/bytes.ts';
import {stringFlag} from '../../shared/verb.ts';
import {type PluginAction} from '../action.ts';

export const pack: PluginAction = {
	name: 'pack',
	usage: '[PATH] [--out FILE]',
	minimum: 0,
	maximum: 1,
	flags: {out: {type: 'string', value: 'FILE', short: 'where the package goes; <id>-<version>.cwsplugin when absent'}},
	async run({print, input, flags}) {
		const [{packFolder}, {writePackage}, {writeAtomically}] = await Promise.all([
			import('../../../app/pack-plugin.ts'),
			import('../../../host/package/write-package.ts'),
			import('../../../platform/write-atomically.ts'),
		]);
		const folder = resolve(input[0] ?? '.');
		const packed = await packFolder(folder);
		if (!packed.ok) {
			return print.failure(packed.error);
		}

		const {id, version, texts} = packed.value;
		const file = resolve(stringFlag(flags, 'out') ?? `${id}-${version}.cwsplugin`);
		const bytes = await writePackage(texts, file);
		if (!bytes.ok) {
			return print.failure(bytes.error);
		}

		writeAtomically(file, bytes.value, 0o644);
		if (print.isJson) {
			print.json({id, version, file, bytes: bytes.value.length, files: Object.keys(texts)});
		} else {
			print.line(`Packed: ${id} v${version}, ${formatBytes(bytes.value.length)}: ${Object.keys(texts).join(', ')}`);
			print.line(file);
		}

		return exitCodes.done;
	},
};
