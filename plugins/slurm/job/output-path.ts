import {isAbsolute, join} from 'node:path';
import {type Job} from './job.ts';

/** The files a job writes to, with `%j` and its like put in; Slurm tells them as they were asked for. */
export function outputPaths(job: Job): {readonly output: string; readonly error: string} | undefined {
	const pattern = job.output ?? (job.array === undefined ? 'slurm-%j.out' : 'slurm-%A_%a.out');
	const output = place(job, pattern);
	return output === undefined ? undefined : {output, error: (job.error && place(job, job.error)) ?? output};
}

function place(job: Job, pattern: string): string | undefined {
	const path = expand(job, pattern);
	if (isAbsolute(path)) {
		return path;
	}

	return job.directory === undefined ? undefined : join(job.directory, path);
}

function expand({jobId, array, name, user, batchHost}: Job, pattern: string): string {
	// A backslash before it switches all of this off.
	if (pattern.includes('\\')) {
		return pattern.replaceAll('\\', '');
	}

	const values: Readonly<Record<string, string>> = {
		j: String(jobId),
		J: String(jobId),
		A: String(array?.id ?? jobId),
		a: String(array?.task ?? 4_294_967_294),
		x: name,
		u: user ?? '',
		N: batchHost ?? '',
		n: '0',
		s: 'batch',
		t: '0',
		b: String((array?.task ?? 0) % 10),
		'%': '%',
	};
	return pattern.replaceAll(/%(\d{0,2})([A-Za-z%])/g, (whole, width: string, letter: string) => {
		const value = Object.hasOwn(values, letter) ? values[letter] : undefined;
		return value === undefined ? whole : value.padStart(Number(width || 0), '0');
	});
}
