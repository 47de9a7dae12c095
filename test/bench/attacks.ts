import {attacks, type AttackName} from '../e2e/attacks/support/attack-list.ts';
import {type AttackReport, runAttack} from '../e2e/attacks/support/report.ts';
import {type Bench} from './bench.ts';

const gapLimit = 250;
const endLimit = 3;
const lateLimit = 5;
/** One message of it takes a second to be read: nothing but its end is promised. */
const unread: AttackName = 'giant-structured-clone';
/** These have rules of their own about how long they may go on. */
const slow: ReadonlySet<AttackName> = new Set(['idle-burn', 'closure-leak', unread]);

/** How a process takes the attacks of the catalogue: whether a person would feel them, and how soon they end. */
export const attacked: Bench = {
	name: 'attacks',
	async run() {
		const reports: (readonly [AttackName, AttackReport])[] = [];
		for (const name of Object.keys(attacks) as AttackName[]) {
			reports.push([name, await runAttack(name)]);
		}

		const others = reports.filter(([name]) => name !== unread);
		const byGap = others.toSorted(([, one], [, two]) => two.longestGapMs - one.longestGapMs);
		const byEnd = others.filter(([name]) => !slow.has(name)).toSorted(([, one], [, two]) => two.tookMs - one.tookMs);
		const hogs = reports.find(([name]) => name === 'ten-hogs')![1];
		const giant = reports.find(([name]) => name === unread)![1];
		const peak = others.toSorted(([, one], [, two]) => two.peakMb - one.peakMb)[0]!;
		return [
			{
				name: `longest gap under ${others.length} attacks`,
				value: byGap[0]![1].longestGapMs,
				unit: 'ms',
				limit: gapLimit,
				beside: byGap
					.slice(0, 4)
					.map(([name, {longestGapMs}]) => `${name} ${longestGapMs.toFixed(0)} ms`)
					.join(', '),
			},
			{
				name: 'slowest end of an attack',
				value: byEnd[0]![1].tookMs / 1000,
				unit: 's',
				limit: endLimit,
				beside: `${byEnd[0]![0]}, of a call with ${byEnd[0]![1].outcome}; fastest ${byEnd.at(-1)![0]} ${byEnd.at(-1)![1].tookMs.toFixed(0)} ms`,
			},
			{name: 'timer late beside ten hogs, median', value: hogs.medianLateMs, unit: 'ms', limit: lateLimit, beside: 'ten plugins in a loop'},
			{name: 'most memory under an attack', value: peak[1].peakMb, unit: 'MB', beside: peak[0]},
			{name: `gap of \`${unread}\``, value: giant.longestGapMs, unit: 'ms', beside: giant.deaths[0]!.what},
		];
	},
};
