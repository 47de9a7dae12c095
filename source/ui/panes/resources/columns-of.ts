import {type ColumnContribution} from '../../../core/manifest/contributions.ts';
import {type Resource} from '../../../core/resource.ts';
import {contributionsOf, sourceKey} from '../../../engine/contributions/resource-types.ts';
import {type ViewContext} from '../../view/context.ts';
import {type Column, columns, columnsWith} from './columns.ts';

const none: readonly ColumnContribution[] = [];
const made = new WeakMap<readonly ColumnContribution[], readonly Column[]>();
const types = new WeakMap<readonly Resource[], string | undefined>();

/** The columns of this list: with those of a plugin where every row is of one of its types. The same array for the same columns. */
export function columnsOf({rows, engine}: Pick<ViewContext, 'rows' | 'engine'>): readonly Column[] {
	const type = onlyType(rows);
	const own = (type === undefined ? undefined : contributionsOf(engine.plugins).get(type)?.columns) ?? none;
	if (own.length === 0) {
		return columns;
	}

	const known = made.get(own) ?? columnsWith(own);
	made.set(own, known);
	return known;
}

// A mixed list says so in its first rows as a rule.
function onlyType(rows: readonly Resource[]): string | undefined {
	if (types.has(rows)) {
		return types.get(rows);
	}

	const [first] = rows;
	const isOne = first !== undefined && rows.every(({provider, type}) => provider === first.provider && type === first.type);
	const key = isOne ? sourceKey(first.provider, first.type) : undefined;
	types.set(rows, key);
	return key;
}
