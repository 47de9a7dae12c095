import {type Clock} from '../../core/ports/clock.ts';
import {type HostLimits} from '../limits.ts';
import {startFairSpan} from '../transport/fair-time.ts';
import {type Transport} from '../transport/transport.ts';
import {within} from '../within.ts';

type Options = {
	readonly transport: Pick<Transport, 'waitedMs'>;
	readonly clock: Clock;
	readonly limits: HostLimits;
	readonly ping: () => void;
	/** Resolves at the next frame. */
	readonly nextFrame: () => Promise<true>;
	readonly isClosed: () => boolean;
	readonly onStuck: () => void;
};

export type Proofs = {
	/** Pings it; false when nothing at all came back in time. */
	readonly answers: (ms: number) => Promise<boolean>;
	/** After a missed deadline: tells when it does not answer either. */
	readonly probe: () => void;
};

/** Whether a worker lives, by what it answers in time that it really had. */
export function createProofs({transport, clock, limits, ping, nextFrame, isClosed, onStuck}: Options): Proofs {
	async function hears(ms: number, more: number): Promise<boolean> {
		const heard = nextFrame();
		const silence = startFairSpan(clock, transport);
		ping();
		let answer = await within(clock, ms, heard);
		for (let left = more; answer === undefined && !isClosed() && (left > 0 || silence() < ms); left--) {
			answer = await within(clock, limits.graceMs, heard);
		}

		return answer ?? false;
	}

	return {
		// Where this thread itself was held up, the answer is read in the time after.
		answers: async ms => hears(ms, 1),
		probe() {
			void hears(limits.probeMs, 0).then(isAlive => {
				if (!isAlive && !isClosed()) {
					onStuck();
				}
			});
		},
	};
}
