import {FailureError} from '../../../core/failure/failure.ts';
import {type PluginClock} from '../../../sdk/capabilities.ts';
import {type Timers} from '../timers.ts';

export const createClock = (timers: Timers, stopping: AbortSignal): PluginClock => ({
	now: () => Date.now(),
	sleep: (ms, signal) =>
		new Promise((resolve, reject) => {
			const onAbort = () => {
				timers.clear(id);
				leave();
				reject(new FailureError({code: 'CWS_CANCELLED', message: 'The wait was cancelled.'}));
			};

			const leave = () => {
				signal?.removeEventListener('abort', onAbort);
				stopping.removeEventListener('abort', onAbort);
			};

			const id = timers.start(() => {
				leave();
				resolve();
			}, ms);
			signal?.addEventListener('abort', onAbort);
			stopping.addEventListener('abort', onAbort);
			if (signal?.aborted === true || stopping.aborted) {
				onAbort();
			}
		}),
	every(ms, callback) {
		const id = timers.start(callback, ms, {isRepeated: true});
		return () => timers.clear(id);
	},
});
