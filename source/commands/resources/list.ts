import {hourlyOf, monthlyOf} from '../../core/money/cost.ts';
import {formatDuration} from '../../core/text/duration.ts';
import {exitCodes} from '../../core/failure/error-codes.ts';
import {failure} from '../../core/failure/failure.ts';
import {formatMoneyCell} from '../../core/money/format-money.ts';
import {isAbsent} from '../../core/plugin.ts';
import {type ColumnContribution} from '../../core/manifest/contributions.ts';
import {placeOf, type Resource} from '../../core/resource.ts';
import {columnText, isRightColumn} from '../../core/resource-column.ts';
import {columnsOfList} from '../../engine/contributions/own-columns.ts';
import {contributionsOf} from '../../engine/contributions/resource-types.ts';
import {sleepingFailure} from '../../engine/contributions/sleeping-failure.ts';
import {queryResources} from '../../engine/query/query-resources.ts';
import {type SourceState} from '../../engine/state.ts';
import {csvLine} from '../shared/csv.ts';
import {type Column} from '../shared/table.ts';
import {stringFlag, type Verb} from '../shared/verb.ts';
import {withInventory} from '../shared/with-inventory.ts';

export const list: Verb = {
	name: 'list',
	aliases: ['ls'],
	usage: '[type] [--provider P] [--filter EXPR] [--sort COL]',
	short: 'every resource of every provider',
	isLook: true,
	minimum: 0,
	maximum: 1,
	flags: {
		provider: {type: 'string', alias: 'p', value: 'P', short: 'only this provider'},
		filter: {type: 'string', alias: 'f', value: 'EXPR', short: 'the filter of the dashboard: text, !text, key:value'},
		sort: {type: 'string', value: 'COL', short: 'column to sort by; `-COL` turns it round'},
		output: {type: 'string', alias: 'o', value: 'FORM', choices: ['table', 'json', 'csv'], short: 'how to print'},
	},
	examples: ['cws list vm --filter state:running --sort -hourly', 'cws list --json'],
	async run(context) {
		const {print, flags, input} = context;
		const provider = stringFlag(flags, 'provider');
		const engine = await withInventory(context, {provider, type: input[0], isWithSpend: false});
		const state = engine.getState();
		const sources = state.sources.filter(
			source => (provider === undefined || source.provider === provider) && (input[0] === undefined || source.type === input[0]),
		);
		const off = state.plugins.find(plugin => plugin.state === 'disabled');
		if (sources.length === 0 && off !== undefined && state.sources.length === 0) {
			return print.failure(
				failure('CWS_PLUGIN_DISABLED', {
					message: `The plugin \`${off.id}\` is disabled, and no other lists resources.`,
					fix: `cws plugin enable ${off.id}`,
				}),
			);
		}

		const sleeping = [...contributionsOf(state.plugins).values()].find(
			offer =>
				isAbsent(offer.plugin) &&
				(provider === undefined || offer.provider === provider) &&
				(input[0] === undefined || offer.type === input[0]),
		);
		if (sources.length === 0 && sleeping !== undefined) {
			return print.failure(sleepingFailure(sleeping.provider, sleeping.plugin));
		}

		if (sources.length === 0) {
			return print.failure(
				failure('CWS_NO_PROVIDER', {
					message: `Nothing lists ${input[0] ? `\`${input[0]}\`` : 'resources'}${provider ? ` on \`${provider}\`` : ''}.`,
				}),
			);
		}

		const rows = queryResources(sources, {filter: stringFlag(flags, 'filter') ?? '', sort: stringFlag(flags, 'sort')});
		if (!rows.ok) {
			return print.failure(rows.error);
		}

		const failedSources = sources.filter(source => source.phase === 'failed');
		for (const source of [...failedSources, ...sources.filter(one => one.phase === 'partial')]) {
			print.note(
				`${source.key}: ${source.error?.message ?? source.missing.map(part => part.reason).join('; ')}${source.resources.length > 0 ? ' (last known rows shown)' : ''}`,
			);
		}

		const form = flags.output ?? (print.isJson ? 'json' : 'table');
		if (form === 'json') {
			print.json({resources: rows.value, sources: sources.map(source => describeSource(source))}, {isPlain: true});
		} else if (form === 'csv') {
			printCsv(rows.value, state.hoursPerMonth, line => print.line(line));
		} else if (rows.value.length === 0) {
			if (failedSources.length === 0) {
				print.line(
					stringFlag(flags, 'filter') === undefined ? 'No resources. Deploy one: cws deploy --help' : 'No resource matches the filter.',
				);
			}
		} else {
			print.table(rows.value, columns(columnsOfList(state.plugins, rows.value), state.hoursPerMonth, Date.now()));
		}

		return failedSources.length === sources.length ? exitCodes.unavailable : exitCodes.done;
	},
};

const describeSource = ({key, provider, type, phase, seenAt, isStale, error, missing, skipped, resources}: SourceState) => ({
	key,
	provider,
	type,
	phase,
	seenAt,
	isStale,
	error,
	missing,
	skipped,
	count: resources.length,
});

const columns = (own: readonly ColumnContribution[], hoursPerMonth: number, now: number): readonly Column<Resource>[] => [
	{title: 'NAME', value: row => row.name, canShrink: true},
	{title: 'PROVIDER', value: row => row.provider},
	{title: 'WHERE', value: row => placeOf(row) || '-', canShrink: true},
	{title: 'TYPE', value: row => row.type},
	{title: 'STATUS', value: row => row.status},
	{title: 'SIZE', value: row => row.size ?? '-', canShrink: true},
	...own.map(column => ({
		title: column.title,
		value: (row: Resource) => columnText(row, column) || '-',
		isRight: isRightColumn(column),
		canShrink: !isRightColumn(column),
	})),
	{title: 'AGE', value: row => (row.createdAt === undefined ? '-' : formatDuration(now - row.createdAt)), isRight: true},
	{title: '$/h', value: row => formatMoneyCell(hourlyOf(row), 4), isRight: true},
	{title: '$/mo', value: row => formatMoneyCell(monthlyOf(row, hoursPerMonth), 2), isRight: true},
];

function printCsv(rows: readonly Resource[], hoursPerMonth: number, line: (text: string) => void): void {
	line('ref,name,provider,account,region,type,status,size,createdAt,hourly,monthly');
	for (const row of rows) {
		line(
			csvLine([
				row.ref,
				row.name,
				row.provider,
				row.account ?? '',
				row.region ?? '',
				row.type,
				row.status,
				row.size ?? '',
				row.createdAt === undefined ? '' : new Date(row.createdAt).toISOString(),
				formatMoneyCell(hourlyOf(row), 4),
				formatMoneyCell(monthlyOf(row, hoursPerMonth), 2),
			]),
		);
	}
}
