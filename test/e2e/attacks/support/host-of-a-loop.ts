// Starts a plugin in a process of its own, sends it into a loop, prints its process id, and waits to be killed.
import {readdirSync, readFileSync} from 'node:fs';
import {sandboxBootstrap} from '../../../helpers/sandbox-bootstrap.ts';
import {startSupervised} from '../../../host/start-supervised.ts';

const attacked = await startSupervised({
	plugin: {code: 'module.exports = {health() { for (;;); }}'},
	bootstrap: await sandboxBootstrap(),
	isProcess: true,
	limits: {silentMs: 60_000, probeMs: 60_000},
});
void attacked.call('health', {deadlineMs: 60_000});
setTimeout(() => {
	const child = readdirSync('/proc').find(pid => {
		try {
			return (
				Number(/^.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]) === process.pid &&
				readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--permission')
			);
		} catch {
			return false;
		}
	});
	process.stdout.write(`${child}\n`);
}, 300);
