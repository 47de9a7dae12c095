import {setTimeout as sleep} from 'node:timers/promises';
import {FailureError} from 'cws/sdk';
import {type Question} from '../client/client.ts';
import {type Answers} from './listed.ts';
import {type Pace} from './pace.ts';

export type Snapshot<Answer = unknown> = {
	readonly answer: Answer;
	/** When the question went out, in the clock's milliseconds. */
	readonly at: number;
	/** How long the answer took. */
	readonly tookMs: number;
};

export type Reader = {
	/** One question serves all who ask meanwhile, and for two seconds after. */
	readonly read: <Name extends Question>(question: Name, signal: AbortSignal) => Promise<Snapshot<Answers[Name]>>;
	/** What was read before is not good any more: somebody changed something. */
	readonly changed: () => void;
	readonly last: () => Snapshot | undefined;
	/** Whether the newest question went wrong. */
	readonly isFailing: () => boolean;
};

type Options = {
	readonly ask: (question: Question, signal: AbortSignal) => Promise<unknown>;
	readonly pace: Pace;
	readonly now: () => number;
};

const freshMs = 2000;

type Flight = {readonly at: number; readonly answer: Promise<Snapshot>; readonly cancel: AbortController; waiting: number};

/** Reads whole lists, at the pace of the cluster. */
export function createReader({ask, pace, now}: Options): Reader {
	const known = new Map<Question, Snapshot>();
	const flights = new Map<Question, Flight>();
	let changedAt = Number.NEGATIVE_INFINITY;
	let last: Snapshot | undefined;
	let failure: FailureError | undefined;
	let isFailing = false;

	const fly = (question: Question): Flight => {
		const at = now();
		const cancel = new AbortController();
		const landed = ask(question, cancel.signal).then(
			answer => {
				const snapshot = {answer, at, tookMs: now() - at};
				known.set(question, snapshot);
				last = snapshot;
				failure = undefined;
				isFailing = false;
				pace.answered();
				return snapshot;
			},
			(error: unknown) => {
				if (error instanceof FailureError) {
					failure = error;
					isFailing = true;
					pace.failed();
				}

				throw error;
			},
		);
		const flight: Flight = {at, answer: landed, cancel, waiting: 0};
		flights.set(question, flight);
		const land = () => {
			if (flights.get(question) === flight) {
				flights.delete(question);
			}
		};

		landed.then(land, land);
		return flight;
	};

	const join = async (flight: Flight, signal: AbortSignal): Promise<Snapshot> => {
		signal.throwIfAborted();
		flight.waiting++;
		let leave: () => void = () => undefined;
		const left = new Promise<never>((_resolve, reject) => {
			leave = () => {
				reject(signal.reason as Error);
			};
		});
		left.catch(() => undefined);
		signal.addEventListener('abort', leave, {once: true});
		try {
			return await Promise.race([flight.answer, left]);
		} finally {
			signal.removeEventListener('abort', leave);
			flight.waiting--;
			if (flight.waiting === 0) {
				flight.cancel.abort();
			}
		}
	};

	return {
		last: () => last,
		isFailing: () => isFailing,
		// The next question goes out at once, also to one that did not answer; that it did not stays true until it does.
		changed() {
			changedAt = now();
			pace.answered();
			failure = undefined;
		},
		async read<Name extends Question>(question: Name, signal: AbortSignal): Promise<Snapshot<Answers[Name]>> {
			type Answered = Snapshot<Answers[Name]>;
			for (;;) {
				signal.throwIfAborted();
				const snapshot = known.get(question) as Answered | undefined;
				const isTrue = snapshot !== undefined && snapshot.at > changedAt;
				if (isTrue && now() - snapshot.at < freshMs) {
					return snapshot;
				}

				const flight = flights.get(question);
				// One that nobody waited for is on its way down, and has no answer for who comes now.
				if (flight !== undefined && flight.at > changedAt && !flight.cancel.signal.aborted) {
					return join(flight, signal) as Promise<Answered>;
				}

				if (failure !== undefined && pace.isResting()) {
					throw failure;
				}

				if (pace.take()) {
					return join(fly(question), signal) as Promise<Answered>;
				}

				if (isTrue) {
					return snapshot;
				}

				if (snapshot !== undefined) {
					pace.force();
					return join(fly(question), signal) as Promise<Answered>;
				}

				await sleep(Math.min(1000, pace.waitMs()), undefined, {signal});
			}
		},
	};
}
