import {setTimeout as delay} from 'node:timers/promises';
import {type Clock} from '../core/ports/clock.ts';

export const systemClock: Clock = {
	now: () => Date.now(),
	monotonic: () => performance.now(),
	after(ms, callback) {
		const timer = setTimeout(callback, ms);
		return () => {
			clearTimeout(timer);
		};
	},
	every(ms, callback) {
		const timer = setInterval(callback, ms);
		return () => {
			clearInterval(timer);
		};
	},
	async sleep(ms, signal) {
		await delay(ms, undefined, {signal});
	},
};
