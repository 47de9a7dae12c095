/** Strict reading of answers: each gives undefined for what is not of the kind asked for. */

export type Entry = Readonly<Record<string, unknown>>;

export const isEntry = (value: unknown): value is Entry => typeof value === 'object' && value !== null && !Array.isArray(value);

const own = (entry: Entry, key: string): unknown => (Object.hasOwn(entry, key) ? entry[key] : undefined);

/** A text that says something; `(null)` and `N/A` are how Slurm writes that there is none. */
export function text(entry: Entry, key: string): string | undefined {
	const value = own(entry, key);
	return typeof value === 'string' && value !== '' && value !== '(null)' && value !== 'N/A' && value !== 'n/a' ? value : undefined;
}

/** A number as it stands, or as newer versions write it: `{set, infinite, number}`. Without a limit it is undefined. */
export function number(entry: Entry, key: string): number | undefined {
	const value = own(entry, key);
	if (isEntry(value)) {
		return value['set'] === false || value['infinite'] === true ? undefined : number(value, 'number');
	}

	return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** A number of which 0 means that nothing is set. */
export const positive = (entry: Entry, key: string): number | undefined => number(entry, key) || undefined;

/** Seconds since the epoch, as milliseconds. */
export function time(entry: Entry, key: string): number | undefined {
	const seconds = positive(entry, key);
	// Slurm has times far away for "never".
	return seconds === undefined || seconds > 4_000_000_000 ? undefined : seconds * 1000;
}

/** One text or a list of them: older versions write the first, newer ones the second. */
export function texts(entry: Entry, key: string): readonly string[] {
	const value = own(entry, key);
	const list: readonly unknown[] = Array.isArray(value) ? value : [value];
	return list.filter((item): item is string => typeof item === 'string' && item !== '');
}

export const list = (value: unknown, key: string): readonly unknown[] | undefined => {
	const found = isEntry(value) ? own(value, key) : undefined;
	return Array.isArray(found) ? found : undefined;
};

export const part = (entry: Entry, key: string): Entry => {
	const value = own(entry, key);
	return isEntry(value) ? value : {};
};
