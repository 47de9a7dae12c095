import {type ResourceOperation, type ResourceStatus} from 'cws/sdk';

export type ContainerState = {
	readonly status: ResourceStatus;
	/** The engine's own words, `Up 3 minutes (healthy)`. */
	readonly raw: string;
	readonly reason?: string;
};

// Ended by itself, or by a signal that somebody sent it: nobody has to look at it.
const calmExits: ReadonlySet<number> = new Set([0, 129, 130, 131, 137, 143]);

/** The state of a container as a list tells it: one word and a sentence. */
export function stateOf(word: string, sentence: string, wasStopped = false): ContainerState {
	const raw = sentence === '' ? word : sentence;
	const exit = /^Exited \((-?\d+)\)/i.exec(sentence)?.[1];
	switch (word.toLowerCase()) {
		case 'running': {
			return {status: 'running', raw, ...healthReason(sentence)};
		}

		case 'paused': {
			return {status: 'hibernated', raw};
		}

		// It can be stopped, and runs most of the time.
		case 'restarting': {
			const code = /\((-?\d+)\)/.exec(sentence)?.[1];
			return {status: 'running', raw, reason: `it keeps ending${code === undefined ? '' : ` with ${code}`} and is restarted`};
		}

		case 'stopping': {
			return {status: 'stopping', raw};
		}

		case 'removing': {
			return {status: 'deleting', raw};
		}

		case 'dead': {
			return {status: 'failed', raw, reason: 'it could not be removed completely; destroy it again'};
		}

		case 'created':
		case 'configured':
		case 'initialized': {
			return {status: 'stopped', raw, reason: 'it was created and never started'};
		}

		case 'exited':
		case 'stopped': {
			return exit === undefined || calmExits.has(Number(exit)) || wasStopped
				? {status: 'stopped', raw}
				: {status: 'failed', raw, reason: `it ended with ${exit}`};
		}

		default: {
			return {status: 'unknown', raw};
		}
	}
}

function healthReason(sentence: string): {readonly reason?: string} {
	return /\(unhealthy\)/.test(sentence)
		? {reason: 'its health check fails'}
		: /\((?:health: )?starting\)/.test(sentence)
			? {reason: 'its health check has not passed yet'}
			: {};
}

type Disabled = Readonly<Partial<Record<ResourceOperation, string>>>;

/** What does not fit a state, with the reason. */
export function disabledIn(status: ResourceStatus): Disabled {
	switch (status) {
		case 'running': {
			return {start: 'it is running', resume: 'it is not paused'};
		}

		case 'hibernated': {
			return {start: 'it is paused; resume it', hibernate: 'it is paused already', connect: 'it is paused; resume it'};
		}

		case 'stopping':
		case 'deleting': {
			const reason = `it is ${status}`;
			return {start: reason, stop: reason, restart: reason, hibernate: reason, resume: reason, connect: reason};
		}

		default: {
			return {
				stop: 'it is not running',
				restart: 'it is not running; start it',
				hibernate: 'it is not running',
				resume: 'it is not paused',
				metrics: 'it is not running',
				connect: 'it is not running',
			};
		}
	}
}
