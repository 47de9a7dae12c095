import {exitCodes} from '../../core/failure/error-codes.ts';
import {offeredTypes} from '../../engine/contributions/resource-types.ts';
import {type Verb} from '../shared/verb.ts';

export const providers: Verb = {
	name: 'providers',
	usage: '',
	short: 'what each provider can do',
	minimum: 0,
	maximum: 0,
	async run({app, print}) {
		const {engine} = await app();
		await engine.load();
		const rows = offeredTypes(engine.getState().plugins).map(
			({provider, type, title = type, plugin, operations, form, regions = [], sizes = []}) => ({
				provider,
				type,
				title,
				plugin: plugin.id,
				state: plugin.state,
				operations,
				fields: Object.keys(form?.properties ?? {}),
				regions,
				sizes: sizes.map(size => size.name),
			}),
		);
		if (print.isJson) {
			print.json({providers: rows});
		} else {
			print.table(rows, [
				{title: 'PROVIDER', value: row => row.provider},
				{title: 'TYPE', value: row => row.type},
				{title: 'OPERATIONS', value: row => row.operations.join(' '), canShrink: true},
				{title: 'FIELDS', value: row => row.fields.join(' ') || '-', canShrink: true},
				{title: 'SIZES', value: row => row.sizes.join(' ') || '-', canShrink: true},
			]);
		}

		return exitCodes.done;
	},
};
