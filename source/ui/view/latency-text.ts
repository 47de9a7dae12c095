import {formatElapsed} from '../../core/text/duration.ts';
import {type Health} from '../../core/health.ts';

/** `<10 ms`, `40 ms`, `210 ms`, `2.1 s`: coarse, so that a screen on which nothing happens rests. Empty when nobody knows. */
export function latencyText({latencyMs}: Pick<Health, 'latencyMs'>): string {
	if (latencyMs === undefined) {
		return '';
	}

	return latencyMs < 10 ? '<10 ms' : formatElapsed(latencyMs < 1000 ? Math.round(latencyMs / 10) * 10 : latencyMs);
}
