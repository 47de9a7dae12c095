import {mapOutcome, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type Resource} from '../../core/resource.ts';
import {type SourceState} from '../state.ts';
import {parseFilter} from './filter.ts';
import {parseSort} from './parse-sort.ts';
import {createRowView} from './row-view.ts';
import {defaultSort} from './sort.ts';

export type ResourceQuery = {
	readonly filter: string;
	/** A column, with `-` in front for descending. */
	readonly sort?: string;
};

/** Filters and sorts once, for the command line. */
export function queryResources(sources: readonly SourceState[], query: ResourceQuery): Outcome<readonly Resource[]> {
	const sort = query.sort === undefined ? ok(defaultSort) : parseSort(query.sort);
	return sort.ok ? mapOutcome(parseFilter(query.filter), filter => createRowView().rows({sources, filter, sort: sort.value}).rows) : sort;
}
