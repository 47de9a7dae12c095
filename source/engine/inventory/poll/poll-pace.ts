import {type Failure} from '../../../core/failure/failure.ts';

const longestMs = 5 * 60_000;
const restShare = 20;

export type Pace = {
	readonly key: string;
	/** Milliseconds between polls that the type or the settings ask for. */
	readonly everyMs: number;
	/** How long the last list took. */
	readonly tookMs: number;
	/** Polls that failed since the last that did not. */
	readonly failures: number;
	readonly error?: Failure;
};

/**
Milliseconds until the next poll. A slow list is polled less often, so that polling takes at most a twentieth of the time; a
failing one backs off; each source has its own offset, so that they do not all come at once.
*/
export function nextPollMs({key, everyMs, tookMs, failures, error}: Pace): number {
	const calm = Math.max(everyMs, tookMs * restShare);
	const wait = failures === 0 ? calm : Math.max(calm, Math.min(longestMs, everyMs * 2 ** Math.min(failures, 16)));
	const asked = error?.details?.['retryAfterMs'];
	return Math.round(Math.max(wait, typeof asked === 'number' ? asked : 0) * (1 + jitterOf(key) / 10));
}

/** 0 to 1, always the same for one key. */
function jitterOf(key: string): number {
	let hash = 0;
	for (const character of key) {
		hash = (hash * 31 + character.codePointAt(0)!) >>> 0;
	}

	return (hash % 1000) / 1000;
}
