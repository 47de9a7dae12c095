import {endOfAnswer} from '../probe/script.ts';
import {type DemoMachine} from './fleet.ts';

const kbPerGb = 1024 * 1024;

/** What the look of a machine prints at a time. */
export function probeText(machine: DemoMachine, {now, bootedAt}: {readonly now: number; readonly bootedAt: number}): string {
	const {busyPercent, cores, memoryGb, usedGb, load, diskGb, diskUsedGb, kernel, system, sessions, users, gpus = []} = machine;
	// A hundred ticks a second of every core.
	const ticks = Math.floor(((now - bootedAt) / 10) * cores);
	const busy = Math.floor((ticks * (busyPercent ?? 0)) / 100);
	return [
		'cws-probe 1',
		...(busyPercent === undefined ? [] : [`cpu ${busy} 0 0 ${ticks - busy} 0 0 0 0`]),
		`memory-total-kb ${memoryGb * kbPerGb}`,
		...(usedGb === 0 ? [] : [`memory-available-kb ${Math.round((memoryGb - usedGb) * kbPerGb)}`]),
		`load ${load}`,
		`uptime ${((now - bootedAt) / 1000).toFixed(2)}`,
		`kernel ${kernel}`,
		`cores ${cores}`,
		`system "${system}"`,
		`disk-kb ${diskGb * kbPerGb} ${diskUsedGb * kbPerGb}`,
		`users ${[sessions, ...users].join(' ')}`,
		...gpus.map(gpu => `gpu ${gpu}`),
		endOfAnswer,
		'',
	].join('\n');
}

/** The last words of ssh. */
export function troubleText({host, user}: DemoMachine, trouble: NonNullable<DemoMachine['trouble']>): string {
	const address = host.address ?? host.name;
	switch (trouble) {
		case 'away': {
			return `ssh: connect to host ${address} port 22: Connection timed out\n`;
		}

		case 'host key': {
			return `@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key for ${address} has changed and you have requested strict checking.\nHost key verification failed.\n`;
		}

		case 'login': {
			return `${user}@${address}: Permission denied (publickey,password).\n`;
		}
	}
}
