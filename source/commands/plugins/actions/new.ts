import {resolve} from 'node:path';
import {exitCodes} from '../../../core/failure/error-codes.ts';
import {failure} from '../../../core/failure/failure.ts';
import {isFreeFolder} from '../../../platform/files/places.ts';
import {stringFlag} from '../../shared/verb.ts';
import {type PluginAction} from '../action.ts';

const types = ['provider', 'system', 'theme', 'pane'] as const;

export const create: PluginAction = {
	name: 'new',
	usage: 'ID [--type TYPE] [--dir DIR]',
	minimum: 1,
	maximum: 1,
	flags: {
		type: {type: 'string', value: 'TYPE', choices: types, short: 'what it begins as: provider, system, theme or pane'},
		dir: {type: 'string', value: 'DIR', short: 'the folder it goes into; ./ID when absent'},
	},
	async run({print, input, flags}) {
		const [{idProblem, toPluginId}, {writeScaffold}] = await Promise.all([
			import('../../../host/manifest/check-shape.ts'),
			import('../scaffold/write-scaffold.ts'),
		]);
		const id = toPluginId(input[0]!);
		const problem = idProblem(id);
		if (problem !== undefined) {
			return print.failure(failure('CWS_INVALID_INPUT', {message: `The id ${problem.message}.`, fix: problem.fix}));
		}

		const directory = resolve(stringFlag(flags, 'dir') ?? id);
		if (!isFreeFolder(directory)) {
			return print.failure(
				failure('CWS_FILE', {message: `\`${directory}\` is there already and not empty.`, fix: 'Name another folder with `--dir`.'}),
			);
		}

		const type = types.find(one => one === flags['type']) ?? 'provider';
		const files = writeScaffold(directory, id, type);
		if (print.isJson) {
			print.json({id, type, directory, files});
		} else {
			files.forEach(file => print.line(`  ${file}`));
			print.line(`${directory} is a ${type} plugin. Next:`);
			print.line(`  cd ${stringFlag(flags, 'dir') ?? id} && npm test && cws plugin test . && cws plugin dev .`);
		}

		return exitCodes.done;
	},
};
