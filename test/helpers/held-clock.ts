import {type Clock} from '../../source/core/ports/clock.ts';
import {systemClock} from '../../source/platform/clock.ts';

/** The time of the machine, but timers of one length fire only when they are told to: a deadline comes when the test is ready for it. */
export function createHeldClock(heldMs: number): Clock & {readonly elapse: () => void} {
	const held = new Set<() => void>();
	return {
		...systemClock,
		after(ms, callback) {
			if (ms !== heldMs) {
				return systemClock.after(ms, callback);
			}

			held.add(callback);
			return () => held.delete(callback);
		},
		elapse() {
			const due = [...held];
			held.clear();
			due.forEach(callback => callback());
		},
	};
}
