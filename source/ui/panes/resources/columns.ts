import {hourlyOf, monthlyOf} from '../../../core/money/cost.ts';
import {formatMoneyCell} from '../../../core/money/format-money.ts';
import {type Money} from '../../../core/money/money.ts';
import {type ColumnContribution} from '../../../core/manifest/contributions.ts';
import {placeOf, type Resource} from '../../../core/resource.ts';
import {columnText, isRightColumn} from '../../../core/resource-column.ts';
import {type SortColumn} from '../../../engine/query/sort.ts';
import {type Token} from '../../theme/tokens.ts';
import {memoryText, processorText} from '../../view/lists/metrics-text.ts';
import {rowAge} from '../../view/time/ages.ts';

export type ColumnId =
	| 'name'
	| 'provider'
	| 'where'
	| 'type'
	| 'status'
	| 'size'
	| 'cpu'
	| 'memory'
	| 'endpoint'
	| 'owner'
	| 'id'
	| 'age'
	| 'hourly'
	| 'monthly'
	/** Of a plugin, by its field. */
	| `.${string}`;

export type RowContext = {readonly now: number; readonly hoursPerMonth: number};

export type Column = {
	readonly id: ColumnId;
	readonly title: string;
	readonly sort?: SortColumn;
	readonly isRight?: boolean;
	/** The first to go when it gets narrow has the lowest number. */
	readonly priority: number;
	readonly min: number;
	readonly max: number;
	/** Shown in the wide list, else only where there is room to spare. */
	readonly isExtra?: boolean;
	/** Cut in the middle, as ids are. */
	readonly cutsMiddle?: boolean;
	readonly text: (resource: Resource, context: RowContext) => string;
	readonly token: (resource: Resource) => Token;
};

const muted = (): Token => 'text.muted';

/** Where every row is of one type: the columns that its plugin has for it, before the figures. */
export function columnsWith(own: readonly ColumnContribution[]): readonly Column[] {
	const at = columns.findIndex(({id}) => id === 'cpu');
	return own.length === 0 ? columns : [...columns.slice(0, at), ...own.map(column => ownColumn(column)), ...columns.slice(at)];
}

const ownColumn = (column: ColumnContribution): Column => ({
	id: `.${column.field}`,
	isExtra: true,
	title: column.title,
	priority: 9,
	min: 4,
	max: Math.max(column.title.length, column.width ?? 24),
	isRight: isRightColumn(column),
	text: resource => columnText(resource, column),
	token: muted,
});

/** In the order of the screen. STATUS has a look of its own, see `draw-row.ts`. */
export const columns: readonly Column[] = [
	{id: 'name', title: 'NAME', sort: 'name', priority: 99, min: 14, max: 40, text: ({name}) => name, token: () => 'text.default'},
	{id: 'provider', title: 'PROVIDER', sort: 'provider', priority: 70, min: 8, max: 14, text: ({provider}) => provider, token: muted},
	{id: 'where', title: 'WHERE', sort: 'where', priority: 30, min: 13, max: 28, text: placeOf, token: muted},
	{id: 'type', title: 'TYPE', sort: 'type', priority: 40, min: 6, max: 12, text: ({type}) => type, token: muted},
	{
		id: 'status',
		title: 'STATUS',
		sort: 'status',
		priority: 98,
		min: 10,
		max: 13,
		text: ({status}) => `● ${status}`,
		token: () => 'text.default',
	},
	{id: 'size', title: 'SIZE', sort: 'size', priority: 10, min: 9, max: 16, text: ({size}) => size ?? '', token: muted},
	{
		id: 'cpu',
		isExtra: true,
		title: 'CPU',
		priority: 8,
		min: 4,
		max: 5,
		isRight: true,
		text: ({metrics}) => processorText(metrics),
		token: muted,
	},
	{
		id: 'memory',
		isExtra: true,
		title: 'MEM',
		priority: 7,
		min: 6,
		max: 8,
		isRight: true,
		text: ({metrics}) => memoryText(metrics),
		token: muted,
	},
	{
		id: 'endpoint',
		title: 'ADDRESS',
		priority: 5,
		min: 10,
		max: 32,
		isExtra: true,
		text: ({endpoints}) => endpoints?.[0]?.address ?? '',
		token: muted,
	},
	{id: 'owner', title: 'OWNER', priority: 4, min: 5, max: 14, isExtra: true, text: ({owner}) => owner ?? '', token: muted},
	{id: 'id', title: 'ID', priority: 3, min: 10, max: 24, isExtra: true, cutsMiddle: true, text: ({id}) => id, token: muted},
	{
		id: 'age',
		title: 'AGE',
		sort: 'age',
		priority: 20,
		min: 4,
		max: 5,
		isRight: true,
		text: ({createdAt}, {now}) => (createdAt === undefined ? '' : rowAge(now - createdAt)),
		token: muted,
	},
	{
		id: 'hourly',
		title: '$/h',
		sort: 'hourly',
		priority: 60,
		min: 6,
		max: 11,
		isRight: true,
		text: resource => formatMoneyCell(hourlyOf(resource), 4),
		token: resource => moneyToken(hourlyOf(resource)),
	},
	{
		id: 'monthly',
		title: '$/mo',
		sort: 'monthly',
		priority: 50,
		min: 6,
		max: 11,
		isRight: true,
		text: (resource, {hoursPerMonth}) => formatMoneyCell(monthlyOf(resource, hoursPerMonth), 2),
		token: resource => moneyToken(hourlyOf(resource)),
	},
];

function moneyToken({kind}: Money): Token {
	return kind === 'known' ? 'cost.amount' : kind === 'free' ? 'cost.free' : 'cost.unknown';
}
