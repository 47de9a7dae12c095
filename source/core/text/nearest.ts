/** The candidate with the fewest edits, when it is near enough to be a typing mistake. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
	let best: string | undefined;
	let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
	for (const candidate of candidates) {
		const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
		if (distance < bestDistance) {
			best = candidate;
			bestDistance = distance;
		}
	}

	return best;
}

// Two neighbours swapped count as one edit: that is the mistake fingers make most.
function editDistance(from: string, to: string): number {
	let beforePrevious: readonly number[] = [];
	let previous: readonly number[] = Array.from({length: to.length + 1}, (_, index) => index);
	for (let row = 1; row <= from.length; row++) {
		const current = [row];
		for (let column = 1; column <= to.length; column++) {
			const isSame = from[row - 1] === to[column - 1];
			const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
			current.push(
				Math.min(
					current[column - 1]! + 1,
					previous[column]! + 1,
					previous[column - 1]! + (isSame ? 0 : 1),
					row > 1 && column > 1 && isSwapped ? beforePrevious[column - 2]! + 1 : Number.POSITIVE_INFINITY,
				),
			);
		}

		beforePrevious = previous;
		previous = current;
	}

	return previous.at(-1)!;
}
