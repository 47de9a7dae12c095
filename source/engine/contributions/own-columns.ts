import {type ColumnContribution} from '../../core/manifest/contributions.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {type Resource} from '../../core/resource.ts';
import {columnText} from '../../core/resource-column.ts';
import {contributionsOf, sourceKey} from './resource-types.ts';

type Typed = Pick<Resource, 'provider' | 'type'>;

const none: readonly ColumnContribution[] = [];

/** The columns that a plugin has for resources of this type; the same array for the same manifest. */
const ownColumns = (plugins: readonly PluginRecord[], {provider, type}: Typed): readonly ColumnContribution[] =>
	contributionsOf(plugins).get(sourceKey(provider, type))?.columns ?? none;

/** Those of a list: none unless every row is of one type, since a column for a few of them is mostly a hole. */
export function columnsOfList(plugins: readonly PluginRecord[], rows: readonly Typed[]): readonly ColumnContribution[] {
	const [first] = rows;
	const own = first === undefined ? none : ownColumns(plugins, first);
	return own.length > 0 && rows.every(({provider, type}) => provider === first!.provider && type === first!.type) ? own : none;
}

/** What they say of one resource, for a description of it: without what is empty, and without the reason of its state, which has a place. */
export const ownFacts = (
	plugins: readonly PluginRecord[],
	resource: Resource,
): readonly {readonly label: string; readonly text: string}[] =>
	ownColumns(plugins, resource)
		.filter(({field}) => field !== 'statusReason')
		.map(column => ({label: column.title.toLowerCase(), text: columnText(resource, column)}))
		.filter(({text}) => text !== '');
