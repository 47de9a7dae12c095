// A process nobody can continue is not stopped by the kernel, and gets its screen back after this.
const notStoppedMs = 100;

/** Stops us and our group as ctrl+z does under a shell, and resolves when the shell continues us. Suspend screen and input before. */
export function stopProcess(): Promise<void> {
	return new Promise(resolve => {
		const done = () => {
			clearTimeout(timer);
			process.off('SIGCONT', done);
			resolve();
		};

		const timer = setTimeout(done, notStoppedMs);
		process.on('SIGCONT', done);
		process.kill(0, 'SIGTSTP');
	});
}
