// Builds, runs cws with the given arguments, and starts it again whenever a source file changes.
import {spawn, type ChildProcess} from 'node:child_process';
import {watch} from 'node:fs';

let child: ChildProcess | undefined;
let timer: NodeJS.Timeout | undefined;
let isRestarting = false;

for (const folder of ['source', 'plugins', 'themes']) {
	watch(folder, {recursive: true}, () => {
		clearTimeout(timer);
		timer = setTimeout(restart, 100);
	});
}

run();

function run(): void {
	const build = spawn(process.execPath, ['scripts/build-if-stale.ts'], {stdio: 'inherit'});
	build.once('exit', code => {
		if (code !== 0) {
			process.stderr.write('The build failed; waiting for a change.\n');
			return;
		}

		child = spawn(process.execPath, ['bin/cws.cjs', ...process.argv.slice(2)], {stdio: 'inherit'});
		child.once('exit', exitCode => {
			child = undefined;
			if (!isRestarting) {
				process.exit(exitCode ?? 1);
			}

			isRestarting = false;
			run();
		});
	});
}

function restart(): void {
	if (child) {
		isRestarting = true;
		child.kill('SIGTERM');
	} else {
		run();
	}
}
