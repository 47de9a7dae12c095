import {colorLevel} from './platform/terminal/color-level.ts';

const {argv, env, stdin, stdout} = process;
const words = argv.slice(2);
await setColor();

if (words.length > 0) {
	const {runVerb} = await import('./commands/run.ts');
	process.exitCode = await runVerb(words);
} else if (stdin.isTTY && stdout.isTTY && env.TERM !== 'dumb') {
	const {startDashboard} = await import('./app/start-dashboard.ts');
	await startDashboard({});
} else {
	const {printStatus} = await import('./commands/status.ts');
	process.exitCode = await printStatus();
}

// Chalk reads FORCE_COLOR at import and neither it nor Ink knows NO_COLOR. What we start on the terminal must not inherit our answer.
async function setColor(): Promise<void> {
	const {FORCE_COLOR: before} = env;
	env.FORCE_COLOR = String(colorLevel(env, stdout.isTTY, words.includes('--no-color') || words.includes('--plain')));
	await import('chalk');
	if (before === undefined) {
		delete env.FORCE_COLOR;
	} else {
		env.FORCE_COLOR = before;
	}
}
