// A child of the tests: does one attack on this process, and tells how the host took it. If the process dies, that is the answer.
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {sandboxBootstrap} from '../../../helpers/sandbox-bootstrap.ts';
import {type Supervised, startSupervised} from '../../../host/start-supervised.ts';
import {type Attack, attacks, type AttackName} from './attack-list.ts';
import {type AttackReport} from './report.ts';

const tickMs = 5;
const name = process.argv[2] as AttackName;
const attack: Attack = attacks[name];
const folder = mkdtempSync(path.join(tmpdir(), 'cws-attack-'));
const main = path.join(folder, 'index.mjs');
writeFileSync(main, attack.code);

const started = await Promise.all(
	Array.from({length: attack.count ?? 1}, async (_, index) =>
		startSupervised({
			id: `attacker${index}`,
			plugin: attack.isTrusted === true ? {main} : {code: attack.code},
			bootstrap: await sandboxBootstrap(),
			isProcess: attack.isProcess === true,
			limits: {graceMs: 300, probeMs: 500, ...attack.limits},
		}),
	),
);

// How late a timer of this thread is: what a person would feel.
const late: number[] = [];
let peakBytes = 0;
let tickedAt = performance.now();
const ticker = setInterval(() => {
	const now = performance.now();
	late.push(now - tickedAt - tickMs);
	tickedAt = now;
	peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
}, tickMs);

const startedAt = performance.now();
const ends = await Promise.all(started.map(attacked => suffer(attacked)));
const tookMs = performance.now() - startedAt;
await new Promise(resolve => {
	setTimeout(resolve, attack.settleMs ?? 20 * tickMs);
});
clearInterval(ticker);
const sorted = late.toSorted((a, b) => a - b);
const report: AttackReport = {
	outcome: ends[0]!.outcome,
	deaths: ends.map(({death}) => death),
	hogs: started.reduce((sum, {hogs}) => sum + hogs(), 0),
	// A thread that did not end in its time is still counted here, or has ended since.
	zombies: started.reduce((sum, {zombies}) => sum + zombies(), 0),
	tookMs,
	longestGapMs: sorted.at(-1) ?? 0,
	medianLateMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
	peakMb: Math.round(peakBytes / 1024 / 1024),
};
rmSync(folder, {recursive: true, force: true});
process.stdout.write(`${JSON.stringify(report)}\n`, () => {
	// As cws ends beside a thread that does not.
	process.kill(process.pid, 'SIGKILL');
});

async function suffer({call, death}: Supervised) {
	const deadlineMs = attack.deadlineMs ?? 1000;
	let outcome = 'ok';
	for (let turn = 0; turn < (attack.calls ?? 1) && outcome === 'ok'; turn++) {
		const answer = await call('health', {deadlineMs});
		outcome = answer.ok ? 'ok' : answer.error.code;
	}

	return {outcome, death: await death};
}
