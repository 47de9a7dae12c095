import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {type Installed} from './install-copy.ts';

const run = promisify(execFile);

/** Calls `headless.ts` with a home and gives its answer. */
export async function runHeadless<Answer>(installed: Installed, home: string, ...args: readonly string[]): Promise<Answer> {
	const {stdout} = await run(process.execPath, ['--no-warnings', '--max-semi-space-size=4', installed.headless, ...args], {
		env: {...process.env, CWS_HOME: home},
		timeout: 180_000,
		maxBuffer: 16 * 1024 * 1024,
	});
	return JSON.parse(stdout) as Answer;
}

/** Gives a home with that many running workstations to the work and destroys them whatever happens. */
export async function withWorkstations<Result>(
	installed: Installed,
	{name, count}: {readonly name: string; readonly count: number},
	work: (home: string) => Promise<Result>,
): Promise<Result> {
	const home = installed.home(name);
	try {
		const ends = await runHeadless<Record<string, number>>(installed, home, 'deploy', String(count));
		if (ends.verified !== count) {
			throw new Error(`of ${count} workstations ended ${JSON.stringify(ends)}`);
		}

		return await work(home);
	} finally {
		await runHeadless(installed, home, 'destroy');
	}
}
