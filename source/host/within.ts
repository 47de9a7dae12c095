import {type Clock} from '../core/ports/clock.ts';

/** The value of a promise that settles in time, else undefined; leaves no timer behind. */
export async function within<Value>(clock: Clock, ms: number, promise: Promise<Value>): Promise<Value | undefined> {
	let cancel = () => {};
	const late = new Promise<undefined>(resolve => {
		cancel = clock.after(ms, () => resolve(undefined));
	});
	try {
		return await Promise.race([promise, late]);
	} finally {
		cancel();
	}
}
