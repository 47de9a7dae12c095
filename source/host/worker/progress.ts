const everyMs = 100;

/** Sends the newest progress at most ten times a second. */
export function createProgress(send: (progress: unknown) => void): {
	readonly report: (progress: unknown) => void;
	readonly stop: () => void;
} {
	let sentAt = -everyMs;
	let latest: unknown;
	let timer: NodeJS.Timeout | undefined;
	const flush = () => {
		timer = undefined;
		sentAt = performance.now();
		send(latest);
	};

	return {
		report(progress) {
			latest = progress;
			const wait = sentAt + everyMs - performance.now();
			if (wait <= 0 && timer === undefined) {
				flush();
			} else {
				timer ??= setTimeout(flush, wait).unref();
			}
		},
		stop: () => clearTimeout(timer),
	};
}
