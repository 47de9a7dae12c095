import {type Resource} from '../../core/resource.ts';
import {isSameJson} from '../../core/schema/same-json.ts';

/**
The row to show for one that was just seen: the known one where nothing but the time differs. That time is then changed in place, the
one thing of a row that ever is: who compares references, from the table to the ledger, sees that there is nothing new, and a list of
100,000 rows of which none changed costs nothing but this look. A known row that the last complete list did not name counts as another,
so that it is noticed when it is seen again.
*/
export function keepRow(before: Resource | undefined, row: Resource, listedAt = 0): Resource {
	if (before === undefined || before.seenAt < listedAt || !isSameJson(before, row, 'seenAt')) {
		return row;
	}

	(before as {seenAt: number}).seenAt = row.seenAt;
	return before;
}
