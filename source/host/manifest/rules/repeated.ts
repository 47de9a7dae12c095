import {type ManifestProblem} from '../problem.ts';

/** One problem for each entry of a list whose name an earlier one has. */
export function repeated<Entry>(
	entries: readonly Entry[],
	nameOf: (entry: Entry) => string | undefined,
	pointer: string,
	field: string,
	positionOf: (entry: Entry, index: number) => number = (_, index) => index,
): readonly ManifestProblem[] {
	const seen = new Set<string>();
	return entries.flatMap((entry, index) => {
		const name = nameOf(entry);
		if (name === undefined || !seen.has(name)) {
			seen.add(name ?? '');
			return [];
		}

		return [
			{
				pointer: `${pointer}/${positionOf(entry, index)}${field === '' ? '' : `/${field}`}`,
				message: `is \`${name}\`, and so is another one`,
				fix: 'Give each a name of its own.',
			},
		];
	});
}
