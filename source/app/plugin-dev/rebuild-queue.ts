import {type Clock} from '../../core/ports/clock.ts';

const quietMs = 100;

/** Turns a storm of changes into one build after it, and builds one after the other: what changed meanwhile is built next. */
export function createRebuildQueue(
	clock: Pick<Clock, 'after'>,
	build: () => Promise<void>,
): {readonly changed: () => void; readonly stop: () => void} {
	let cancel = () => {};
	let isBuilding = false;
	let isDirty = false;
	let isStopped = false;

	async function run() {
		if (isBuilding) {
			isDirty = true;
			return;
		}

		isBuilding = true;
		await build();
		isBuilding = false;
		if (isDirty && !isStopped) {
			isDirty = false;
			void run();
		}
	}

	return {
		changed() {
			cancel();
			if (!isStopped) {
				cancel = clock.after(quietMs, () => void run());
			}
		},
		stop() {
			isStopped = true;
			cancel();
		},
	};
}
