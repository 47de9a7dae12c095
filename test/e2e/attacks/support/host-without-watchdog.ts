// A host that nobody protects: its plugin makes the engine abort this process. The folder for its book is the argument.
import {tellSuspects} from '../../../../source/host/transport/tell-suspects.ts';
import {openSandboxTransport} from '../../../../source/host/transport/sandbox-transport.ts';
import {systemClock} from '../../../../source/platform/clock.ts';
import {isAlive, ownProcess} from '../../../../source/platform/process.ts';
import {createSuspects} from '../../../../source/platform/suspects.ts';
import {sandboxBootstrap} from '../../../helpers/sandbox-bootstrap.ts';

const {pid, startTime} = ownProcess();
const book = createSuspects({directory: process.argv[2]!, pid, startTime, isAlive});
const bootstrap = await sandboxBootstrap();
const open = tellSuspects(
	openSandboxTransport(() => bootstrap),
	{book, clock: systemClock, residentBytes: () => process.memoryUsage.rss()},
);
const transport = open({
	id: 'bomber',
	generation: 1,
	main: '',
	// The engine's own limit, which is none.
	hardHeapMb: 64,
	code: 'module.exports = {health() { const kept = []; for (;;) kept.push(new Array(1e8).fill(0)) }}',
});
transport.onFrame(message => {
	const [kind] = message as readonly [string];
	if (kind === 'H') {
		transport.send('W', 0, {proto: 1});
	} else if (kind === 'r') {
		transport.send('q', 1, {m: 'health', a: []});
		setInterval(() => void transport.stats().catch(() => undefined), 50);
	}
});
// An engine that ends the thread alone leaves nobody to blame.
transport.onExit(() => process.exit(9));
