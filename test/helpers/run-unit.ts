// Runs the unit tests: each group in one process, three or four at a time, since many tests wait. A process for each file, as Node does it, takes five times as long.
import {spawn} from 'node:child_process';
import {globSync, readdirSync} from 'node:fs';
import {availableParallelism} from 'node:os';
import path from 'node:path';

/** Folders that drive the built program or measure it; and those without tests of their own. */
const others = new Set(['e2e', 'bench', 'backends', 'fixtures']);
/** They need a standard input of their own, or a session bus. */
const alone = ['test/platform/exec.test.ts', 'test/platform/secrets/secret-service.test.ts'];

const filesIn = (...patterns: readonly string[]): readonly string[] =>
	globSync(patterns.flatMap(pattern => [`${pattern}/*.test.ts`, `${pattern}/*.test.tsx`])).filter(file => !alone.includes(file));

const own = new Set(['host', 'plugins', 'platform']);
const rest = readdirSync('test').filter(name => !own.has(name) && !others.has(name) && !name.includes('.'));

// What waits most comes first, so that no processor is idle at the end.
const groups = [
	filesIn('test/host'),
	...readdirSync('plugins').map(name => filesIn(`plugins/${name}/test/**`)),
	filesIn('test/plugins/**'),
	filesIn('test/host/attacks'),
	filesIn('test/host/!(attacks)/**'),
	filesIn('test/platform/**'),
	filesIn(...rest.map(name => `test/${name}/**`)),
	...alone.map(file => [file]),
].filter(files => files.length > 0);

const reported = /(?<passed>\d+) passed, (?<failed>\d+) failed(?:, (?<skipped>\d+) skipped)?\n/;
const counts = {passed: 0, failed: 0, skipped: 0};
let status = 0;

async function run(files: readonly string[]): Promise<void> {
	const helper = (name: string) => path.join(import.meta.dirname, name);
	const child = spawn(
		process.execPath,
		[
			`--import=${helper('register.ts')}`,
			'--test',
			`--test-isolation=${alone.includes(files[0]!) ? 'process' : 'none'}`,
			// What never ends says which test it is.
			'--test-timeout=180000',
			`--test-reporter=${helper('reporter.ts')}`,
			'--test-reporter-destination=stdout',
			...files,
		],
		{stdio: ['ignore', 'pipe', 'inherit'], timeout: 600_000},
	);
	let said = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		said += text;
	});
	const code = await new Promise<string>(resolve => {
		child.on('close', (status, signal) => {
			resolve(String(status ?? signal));
		});
	});
	const found = reported.exec(said)?.groups;
	for (const name of ['passed', 'failed', 'skipped'] as const) {
		counts[name] += Number(found?.[name] ?? 0);
	}

	const rest = said.replace(reported, '').trim();
	if (rest !== '') {
		process.stdout.write(`${rest}\n`);
	}

	if (code !== '0' || found === undefined) {
		status = 1;
		process.stdout.write(`failed: the tests of ${path.dirname(files[0]!)} ended with ${code}.\n`);
	}
}

const queue = [...groups];
await Promise.all(
	Array.from({length: Math.max(3, Math.min(4, availableParallelism()))}, async () => {
		for (let files = queue.shift(); files !== undefined; files = queue.shift()) {
			await run(files);
		}
	}),
);
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}\n`);
process.exit(status);
