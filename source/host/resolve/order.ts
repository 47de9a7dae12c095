/** Which plugins have to run before another; both are ids. */
export type Edges = ReadonlyMap<string, ReadonlySet<string>>;

/** Everything that can be ordered, what comes first first, ties by alphabet; and what stands in a circle or behind one. */
export function orderOf(
	ids: readonly string[],
	required: Edges,
	optional: Edges,
): {readonly order: readonly string[]; readonly left: readonly string[]} {
	const order: string[] = [];
	const left = new Set(ids.toSorted());
	const isFree = (id: string, edges: Edges) => [...(edges.get(id) ?? [])].every(other => !left.has(other));
	for (;;) {
		const free = [...left].filter(id => isFree(id, required));
		// What is merely nice to have first never holds anybody up for good.
		const next = free.find(id => isFree(id, optional)) ?? free[0];
		if (next === undefined) {
			return {order, left: [...left]};
		}

		order.push(next);
		left.delete(next);
	}
}

/** The circle one is in, beginning with the first of the alphabet; undefined for one that is only behind a circle. */
export function circleOf(id: string, required: Edges): readonly string[] | undefined {
	const walk = (path: readonly string[], seen: Set<string>): readonly string[] | undefined => {
		for (const next of [...(required.get(path.at(-1)!) ?? [])].toSorted()) {
			if (next === id) {
				return path;
			}

			if (!seen.has(next)) {
				seen.add(next);
				const found = walk([...path, next], seen);
				if (found !== undefined) {
					return found;
				}
			}
		}

		return undefined;
	};

	const circle = walk([id], new Set([id]));
	if (circle === undefined) {
		return undefined;
	}

	const start = circle.indexOf(circle.toSorted()[0]!);
	return [...circle.slice(start), ...circle.slice(0, start)];
}
