import {hourlyOf, monthlyOf} from '../../core/money/cost.ts';
import {formatBytes} from '../../core/text/bytes.ts';
import {formatDuration} from '../../core/text/duration.ts';
import {exitCodes} from '../../core/failure/error-codes.ts';
import {formatMoney} from '../../core/money/format-money.ts';
import {placeOf, type Resource} from '../../core/resource.ts';
import {padEnd} from '../../core/text/text.ts';
import {ownFacts} from '../../engine/contributions/own-columns.ts';
import {type EngineState} from '../../engine/state.ts';
import {type Verb} from '../shared/verb.ts';
import {findResource} from '../shared/with-inventory.ts';

export const show: Verb = {
	name: 'show',
	usage: 'REF [--output text|yaml|json]',
	short: 'everything known about one resource',
	isLook: true,
	minimum: 1,
	maximum: 1,
	flags: {output: {type: 'string', alias: 'o', value: 'FORM', choices: ['text', 'yaml', 'json'], short: 'how to print'}},
	async run(context) {
		const {print, flags, signal} = context;
		const {engine, found} = await findResource(context, context.input[0]!);
		if (!found.ok) {
			return print.failure(found.error);
		}

		const read = await engine.read(found.value.ref, signal);
		if (!read.ok) {
			return print.failure(read.error);
		}

		const form = flags.output ?? (print.isJson ? 'json' : 'text');
		if (form === 'json') {
			print.json(read.value);
		} else if (form === 'yaml') {
			const {stringify} = (await import('yaml')).default;
			print.line(stringify(read.value).trimEnd());
		} else {
			for (const [label, value] of summary(read.value, engine.getState())) {
				print.line(`${padEnd(label, 12)}${value}`);
			}
		}

		return exitCodes.done;
	},
};

function summary(
	row: Resource,
	{hoursPerMonth, plugins}: Pick<EngineState, 'hoursPerMonth' | 'plugins'>,
): readonly (readonly [string, string])[] {
	const lines: (readonly [string, string | undefined])[] = [
		['name', row.name],
		['reference', row.ref],
		['type', row.type],
		['where', [row.provider, placeOf(row)].filter(Boolean).join(' / ')],
		['status', row.status === row.rawStatus ? row.status : `${row.status} (${row.rawStatus})`],
		['reason', row.statusReason],
		['size', row.size],
		['age', row.createdAt === undefined ? undefined : formatDuration(Date.now() - row.createdAt)],
		['owner', row.owner],
		...ownFacts(plugins, row).map(({label, text}) => [label, text] as const),
		[
			'tags',
			Object.entries(row.tags ?? {})
				.map(([key, value]) => `${key}=${value}`)
				.join(', ') || undefined,
		],
		['cost', `${formatMoney(hourlyOf(row), 4)}/h · ${formatMoney(monthlyOf(row, hoursPerMonth))}/month (${hoursPerMonth} h)`],
		['cpu', row.metrics?.cpuPercent === undefined ? undefined : `${row.metrics.cpuPercent} %`],
		['memory', row.metrics?.memoryBytes === undefined ? undefined : formatBytes(row.metrics.memoryBytes)],
		...(row.endpoints ?? []).map(
			endpoint =>
				[endpoint.label ?? 'endpoint', `${endpoint.address}${endpoint.isReachable === false ? ' (does not answer)' : ''}`] as const,
		),
		['protected', row.protected],
	];
	return lines.filter((line): line is readonly [string, string] => line[1] !== undefined);
}
