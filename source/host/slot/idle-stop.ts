import {type Manifest} from '../../core/manifest.ts';
import {type Clock} from '../../core/ports/clock.ts';

/** Ends a plugin that nobody has needed for a while; the next call starts it again. */
export type IdleStop = {
	/** It was just started or used. */
	readonly used: () => void;
	readonly cancel: () => void;
};

/** One that is polled, scheduled or subscribed is needed all the time, and one that asked to be there from the start has its reasons. */
export const mayRest = ({contributes = {}, activation = []}: Manifest): boolean =>
	(contributes.resourceTypes ?? []).length === 0 &&
	(contributes.tasks ?? []).length === 0 &&
	(contributes.events ?? []).length === 0 &&
	!activation.includes('onStartup');

export function createIdleStop({
	clock,
	idleMs,
	isBusy,
	onIdle,
}: {
	readonly clock: Clock;
	readonly idleMs: number;
	readonly isBusy: () => boolean;
	readonly onIdle: () => void;
}): IdleStop {
	let usedAt = 0;
	let cancel: (() => void) | undefined;

	function look() {
		cancel = undefined;
		const left = isBusy() ? idleMs : usedAt + idleMs - clock.monotonic();
		if (left <= 0) {
			onIdle();
		} else {
			cancel = clock.after(left, look);
		}
	}

	return {
		used() {
			usedAt = clock.monotonic();
			cancel ??= clock.after(idleMs, look);
		},
		cancel() {
			cancel?.();
			cancel = undefined;
		},
	};
}
