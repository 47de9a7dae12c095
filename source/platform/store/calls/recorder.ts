import {isAlive} from '../../process.ts';
import {type CallContext} from '../session.ts';

/** Three missed heartbeats of 5 s. */
const heartbeatLimitMs = 15_000;

export function claimRecorder({prepare, write, pid, startTime, now}: CallContext): boolean {
	return write(() => {
		const row = prepare('SELECT pid, start_time, heartbeat FROM recorder WHERE id = 1').get();
		if (row !== undefined) {
			const isMine = row['pid'] === pid && row['start_time'] === startTime;
			// A heartbeat from the future is one from before the clock was set back; it would hold the row for hours.
			const isFresh = Math.abs(now - Number(row['heartbeat'])) <= heartbeatLimitMs;
			if (!isMine && isFresh && isAlive(Number(row['pid']), String(row['start_time']))) {
				return false;
			}
		}

		prepare('INSERT OR REPLACE INTO recorder (id, pid, start_time, heartbeat) VALUES (1, ?, ?, ?)').run(pid, startTime, now);
		return true;
	}, isNothingNew);
}

// The others would look through the whole database at every heartbeat.
const isNothingNew = () => false;

/** Lets the next process take over without waiting for the heartbeat to grow old. */
export function releaseRecorder({prepare, write, pid, startTime}: CallContext): void {
	write(() => prepare('DELETE FROM recorder WHERE id = 1 AND pid = ? AND start_time = ?').run(pid, startTime), isNothingNew);
}
