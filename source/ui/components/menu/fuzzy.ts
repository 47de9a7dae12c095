/** How well a query fits a text; higher is better, undefined when it does not. */
export type FuzzyMatch = {readonly score: number; /** Indexes of the matched characters. */ readonly at: readonly number[]};

/** Characters in order, anywhere: whole words first, then starts of words, then runs; short texts win. */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | undefined {
	const wanted = query.toLowerCase().trim();
	if (wanted === '') {
		return {score: 0, at: []};
	}

	const lower = text.toLowerCase();
	const whole = lower.indexOf(wanted);
	if (whole !== -1) {
		const at = Array.from({length: wanted.length}, (_, index) => whole + index);
		return {score: 1000 - (isStart(lower, whole) ? 0 : 100) - whole - text.length / 100, at};
	}

	const at: number[] = [];
	let score = 0;
	let from = 0;
	for (const character of wanted) {
		if (character === ' ') {
			continue;
		}

		const index = lower.indexOf(character, from);
		if (index === -1) {
			return undefined;
		}

		score += index === from && at.length > 0 ? 8 : isStart(lower, index) ? 6 : 1;
		at.push(index);
		from = index + 1;
	}

	// Letters strewn over a sentence are no match that a person meant.
	const spread = at.at(-1)! - at[0]! + 1;
	return spread > wanted.length * 6 ? undefined : {score: score - spread / 10 - text.length / 100, at};
}

const isStart = (text: string, index: number): boolean => index === 0 || /[^a-z0-9]/.test(text[index - 1]!);
