import {isEntry, list, part, text} from '../read.ts';

export function parseJson(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}

/**
What went wrong by an answer itself; empty when nothing did. `squeue --json` of a slurmctld that is away ends with 0, an empty list and
only this.
*/
export const errorsOf = (answer: unknown): string =>
	(list(answer, 'errors') ?? [])
		.map(error => (isEntry(error) ? [text(error, 'error'), text(error, 'description')].filter(Boolean).join(': ') : ''))
		.filter(words => words !== '' && !/^No error$/i.test(words))
		.join('; ');

/** `22.05.8`, from the part of an answer that tells of itself. */
export function releaseOf(answer: unknown): string | undefined {
	const meta = isEntry(answer) ? part(answer, 'meta') : {};
	return text(part(meta, 'Slurm'), 'release') ?? text(part(meta, 'slurm'), 'release');
}
