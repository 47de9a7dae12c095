import {failure} from '../../core/failure/failure.ts';
import {nearest} from '../../core/text/nearest.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type Sort, type SortColumn, sortColumns} from './sort.ts';

/** Reads `name` or `-hourly`; a dash means descending. */
export function parseSort(text: string): Outcome<Sort> {
	const isDescending = text.startsWith('-');
	const name = (isDescending ? text.slice(1) : text).toLowerCase();
	if (isColumn(name)) {
		return ok({column: name, isDescending});
	}

	const near = nearest(name, sortColumns);
	return failed(
		failure('CWS_INVALID_INPUT', {
			message: `\`${name}\` is not a column to sort by.`,
			cause: `the columns are ${sortColumns.join(', ')}`,
			fix: near === undefined ? 'use one of them, with `-` in front for descending' : `did you mean \`${isDescending ? '-' : ''}${near}\`?`,
		}),
	);
}

const isColumn = (name: string): name is SortColumn => (sortColumns as readonly string[]).includes(name);
