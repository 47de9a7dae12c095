import {type Resource} from '../../../core/resource.ts';
import {type SourceState} from '../../state.ts';
import {hasSameText, textOf} from './resource-text.ts';

/** A resource's place in the table: stays its own while the resource changes, and is given away once it is gone. */
export type Slot = number;

export type RowChanges = {
	readonly added: Slot[];
	/** Hold another object now; they may have to move. */
	readonly changed: Slot[];
	readonly removed: Set<Slot>;
};

/**
The inventory as columns by slot. Passes over 100,000 rows run through memory in order and touch only the column they need;
the same over an object for each row, in the order of the list, takes five times as long.
*/
export type RowTable = {
	/** One more than the highest slot; slots that were given away hold undefined. */
	readonly resources: readonly (Resource | undefined)[];
	/** Position of the row's source in the last sync. */
	readonly sourceOf: (slot: Slot) => number;
	/** What plain text is looked for in; made when it is first asked for. */
	readonly textOf: (slot: Slot) => string;
	/** Takes over what the sources hold now. A source whose list is the same array costs nothing. */
	readonly sync: (sources: readonly SourceState[]) => RowChanges;
};

type SourceSlots = {
	readonly key: string;
	readonly number: number;
	readonly resources: readonly Resource[];
	readonly slots: readonly Slot[];
};

export function createRowTable(): RowTable {
	const resources: (Resource | undefined)[] = [];
	const texts: (string | undefined)[] = [];
	// Sources are numbered once, so that a source more or less renumbers no row.
	const numbers: number[] = [];
	const positions: number[] = [];
	const free: Slot[] = [];
	let known: readonly SourceSlots[] = [];
	let sourceCount = 0;

	const add = (resource: Resource, number: number, {added}: RowChanges): Slot => {
		const slot = free.pop() ?? resources.length;
		resources[slot] = resource;
		texts[slot] = undefined;
		numbers[slot] = number;
		added.push(slot);
		return slot;
	};

	const remove = (slots: Iterable<Slot>, {removed}: RowChanges) => {
		for (const slot of slots) {
			resources[slot] = undefined;
			texts[slot] = undefined;
			removed.add(slot);
		}
	};

	const replace = (slot: Slot, resource: Resource, {changed}: RowChanges) => {
		if (!hasSameText(resources[slot]!, resource)) {
			texts[slot] = undefined;
		}

		resources[slot] = resource;
		changed.push(slot);
	};

	const isSame = (before: Resource, now: Resource) => before === now || before.ref === now.ref;

	// Lists mostly keep their positions, so rows are looked up by reference only between the first and the last that moved.
	const syncSource = (
		{slots: old, resources: before, number}: SourceSlots,
		list: readonly Resource[],
		changes: RowChanges,
	): readonly Slot[] => {
		const hold = (slot: Slot, was: Resource | undefined, resource: Resource) => {
			if (was !== resource) {
				replace(slot, resource, changes);
			}

			return slot;
		};

		// The list before and the list now are compared, not the table: they lie in memory in the same order.
		const shorter = Math.min(list.length, before.length);
		let head = 0;
		for (; head < shorter && isSame(before[head]!, list[head]!); head++) {
			hold(old[head]!, before[head], list[head]!);
		}

		if (head === list.length && head === before.length) {
			return old;
		}

		const shift = list.length - before.length;
		let end = list.length;
		for (; end > head && end - shift > head && isSame(before[end - shift - 1]!, list[end - 1]!); end--) {
			hold(old[end - shift - 1]!, before[end - shift - 1], list[end - 1]!);
		}

		const moved = new Map<string, Slot>();
		for (const slot of old.slice(head, end - shift)) {
			const {ref} = resources[slot]!;
			// A provider that lists something twice must not leave its second row behind for ever.
			remove(moved.has(ref) ? [moved.get(ref)!] : [], changes);
			moved.set(ref, slot);
		}

		const between = list.slice(head, end).map(resource => {
			const slot = moved.get(resource.ref);
			moved.delete(resource.ref);
			return slot === undefined ? add(resource, number, changes) : hold(slot, resources[slot], resource);
		});
		remove(moved.values(), changes);
		return [...old.slice(0, head), ...between, ...old.slice(end - shift)];
	};

	return {
		resources,
		sourceOf: slot => positions[numbers[slot]!]!,
		textOf: slot => (texts[slot] ??= textOf(resources[slot]!)),
		sync(sources) {
			const changes: RowChanges = {added: [], changed: [], removed: new Set()};
			const byKey = new Map(known.map(source => [source.key, source]));
			known = sources.map(({key, resources: list}, position) => {
				const before = byKey.get(key) ?? {key, number: sourceCount++, resources: [], slots: []};
				byKey.delete(key);
				positions[before.number] = position;
				return before.resources === list ? before : {...before, resources: list, slots: syncSource(before, list, changes)};
			});
			for (const gone of byKey.values()) {
				remove(gone.slots, changes);
			}

			// Given away only now: a row that came and one that went in the same sync must not share a slot.
			free.push(...changes.removed);
			return changes;
		},
	};
}
