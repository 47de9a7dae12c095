// Runs tests, and the files that had failures once more: `node run-twice.ts 'test/e2e/**/*.test.ts'`.
// What passed only then is flaky and said so; what fails again fails the run. For a machine whose other work nobody knows.
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

const helper = (name: string): string => path.join(import.meta.dirname, name);

type Run = {readonly code: number; /** `file:line title` of every test that failed. */ readonly failed: ReadonlySet<string>};

function run(files: readonly string[]): Run {
	const directory = mkdtempSync(path.join(tmpdir(), 'cws-failed-'));
	const list = path.join(directory, 'list');
	try {
		const {status} = spawnSync(
			process.execPath,
			[
				`--import=${helper('register.ts')}`,
				'--test',
				`--test-reporter=${helper('reporter.ts')}`,
				'--test-reporter-destination=stdout',
				'--test-concurrency=1',
				...files,
			],
			{stdio: 'inherit', env: {...process.env, CWS_TEST_FAILURES: list}},
		);
		const lines = existsSync(list) ? readFileSync(list, 'utf8').trim().split('\n') : [];
		return {code: status ?? 1, failed: new Set(lines)};
	} finally {
		rmSync(directory, {recursive: true, force: true});
	}
}

const first = run(process.argv.slice(2));
const files = new Set(Array.from(first.failed, test => test.replace(/:\d+ .*$/, '')));
if (first.code === 0 || files.size === 0) {
	process.exit(first.code);
}

console.log(`\nonce more, for they failed:\n${Array.from(files, file => `  ${file}\n`).join('')}`);
const second = run([...files]);
for (const test of first.failed.difference(second.failed)) {
	console.log(`flaky: ${test}`);
}

process.exit(second.code);
