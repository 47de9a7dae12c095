import {withPluginEntries} from '../../../core/plugin-entries.ts';
import {exitCodes} from '../../../core/failure/error-codes.ts';
import {failure} from '../../../core/failure/failure.ts';
import {coerceOptions} from '../../../core/schema/plugin-options.ts';
import {settingLine} from '../../settings/config.ts';
import {findRecord, loadedEngine, noPlugin, type PluginAction} from '../action.ts';

/** The options of one plugin: all of them with their sources, or one of them set or taken back. */
export const config: PluginAction = {
	name: 'config',
	usage: 'ID [FIELD] [VALUE] [--unset]',
	minimum: 1,
	maximum: 3,
	flags: {unset: {type: 'boolean', short: 'take the value out of your file: the default again, or what another source says'}},
	async run(context) {
		const {print, input, flags, signal} = context;
		const [id = '', field, value] = input;
		const isUnset = flags['unset'] === true;
		const engine = await loadedEngine(context);
		const {readSettings} = await context.app();
		const record = findRecord(engine, id);
		if (record === undefined) {
			return print.failure(noPlugin(id));
		}

		const entries = () =>
			withPluginEntries(readSettings().entries, [record.manifest]).filter(({key}) => key.startsWith(`plugins.${record.id}.`));
		if (isUnset && (field === undefined || value !== undefined)) {
			return print.failure(
				failure('CWS_USAGE', {message: '`--unset` takes one option, and no value.', fix: `cws plugin config ${id} FIELD --unset`}),
			);
		}

		if (field !== undefined && (isUnset || value !== undefined)) {
			const done = await engine.run(
				'setPluginConfig',
				isUnset ? {plugin: id, values: {}, unset: [field]} : {plugin: id, values: coerceOptions(record.manifest.config, {[field]: value})},
				{origin: 'cli', signal},
			);
			if (!done.ok) {
				return print.failure(done.error);
			}
		}

		const key = `plugins.${record.id}.${field ?? ''}`;
		const shown = field === undefined ? entries() : entries().filter(entry => entry.key === key);
		if (field !== undefined && shown.length === 0 && !isUnset) {
			return print.failure(
				failure('CWS_CONFIG', {message: `\`${id}\` has no option \`${field}\`.`, fix: `cws plugin config ${id}`, details: {field}}),
			);
		}

		if (print.isJson) {
			print.json(field === undefined ? {plugin: id, entries: shown} : (shown[0] ?? {key}));
		} else if (field !== undefined) {
			print.line(settingLine(shown[0], key));
		} else if (shown.length === 0) {
			print.line(`${id} has no options.`);
		} else {
			print.table(shown, [
				{title: 'OPTION', value: entry => entry.key.slice(`plugins.${record.id}.`.length)},
				{title: 'VALUE', value: entry => JSON.stringify(entry.value) ?? '-', canShrink: true},
				{title: 'SOURCE', value: entry => (entry.from ? `${entry.source} (${entry.from})` : entry.source), canShrink: true},
			]);
		}

		return exitCodes.done;
	},
};
