const words = process.argv.slice(2);

if (words.length > 0) {
	const {runVerb} = await import('./commands/run.ts');
	process.exitCode = await runVerb(words);
	endWhenWritten();
} else if (process.stdin.isTTY && process.stdout.isTTY && process.env.TERM !== 'dumb') {
	const {startDashboard} = await import('./app/start-dashboard.ts');
	await startDashboard({});
} else {
	const {printStatus} = await import('./commands/dashboard/status.ts');
	process.exitCode = await printStatus();
	endWhenWritten();
}

/** Whatever a plugin left open would keep the process. */
function endWhenWritten() {
	const end = () => process.exit();
	process.stdout.write('', () => (process.exitCode === 0 ? end() : process.stderr.write('', end)));
}
