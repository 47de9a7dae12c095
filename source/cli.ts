import {colorLevel} from './platform/terminal/color-level.ts';

// Chalk reads it at import, and neither it nor Ink knows NO_COLOR: so nothing that draws may be imported statically here.
const {argv, env, stdin, stdout} = process;
const words = argv.slice(2);
const level = colorLevel(env, stdout.isTTY, words.includes('--no-color') || words.includes('--plain'));
env.FORCE_COLOR = String(level);

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
