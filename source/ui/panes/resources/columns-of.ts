import {type ColumnContribution} from '../../../core/manifest/contributions.ts';
import {type PluginRecord} from '../../../core/plugin.ts';
import {type Resource} from '../../../core/resource.ts';
import {columnsOfList} from '../../../engine/contributions/own-columns.ts';
import {type ViewContext} from '../../view/context.ts';
import {type Column, columns, columnsWith} from './columns.ts';

const made = new WeakMap<readonly ColumnContribution[], readonly Column[]>();
const asked = new WeakMap<readonly Resource[], {readonly plugins: readonly PluginRecord[]; readonly columns: readonly Column[]}>();

/** The columns of this list, with those of a plugin among them. The same array for the same columns; a frame looks at the rows once. */
export function columnsOf({rows, engine: {plugins}}: Pick<ViewContext, 'rows' | 'engine'>): readonly Column[] {
	const before = asked.get(rows);
	if (before?.plugins === plugins) {
		return before.columns;
	}

	const own = columnsOfList(plugins, rows);
	const all = own.length === 0 ? columns : (made.get(own) ?? columnsWith(own));
	if (own.length > 0) {
		made.set(own, all);
	}

	asked.set(rows, {plugins, columns: all});
	return all;
}
