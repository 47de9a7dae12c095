import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {suite, test} from 'node:test';
import {logScript} from '../logs.ts';
import {magicPacket, wake} from '../power/wake.ts';
import {parseProbe} from '../probe/parse-probe.ts';
import {askProbe, defineProbe} from '../probe/script.ts';
import {toMetrics} from '../probe/to-metrics.ts';
import {toResource} from '../to-resource.ts';

const look = (shell: string) => execFileSync(shell, {input: defineProbe + askProbe, encoding: 'utf8'});

suite('the probe', () => {
	for (const shell of ['sh', 'bash'].filter(name => existsSync(`/bin/${name}`))) {
		test(`runs in ${shell} and tells what this machine knows of itself`, {skip: !existsSync('/proc/stat')}, () => {
			const probe = parseProbe(look(shell));
			assert.ok(probe !== undefined);
			assert.ok(probe.memoryTotalBytes! > probe.memoryAvailableBytes! && probe.memoryAvailableBytes! > 0);
			assert.ok(probe.uptimeMs! > 0 && probe.cores! > 0 && probe.diskTotalBytes! > 0);
			assert.match(probe.kernel ?? '', /^Linux /);
			assert.ok(probe.cpuTicks!.total > probe.cpuTicks!.busy);
		});
	}

	test('is no answer when it was cut, or when something else spoke', () => {
		const whole = 'cws-probe 1\nload 0.5\ncws-end\n';
		assert.equal(parseProbe('This account is currently not available.\n'), undefined);
		assert.equal(parseProbe(whole.replace('cws-end\n', '')), undefined);
		assert.deepEqual(parseProbe(`Welcome!\n${whole}`), {load1: 0.5});
	});

	test('that lies gives no figure instead of a wrong one', () => {
		const lies = ['load NaN', 'uptime -5', 'memory-total-kb 0x10', `cores ${'9'.repeat(400)}`, 'cpu 1 2 three 4', 'disk-kb', 'gpu ,1,2'];
		assert.deepEqual(parseProbe(`cws-probe 1\n${lies.join('\n')}\ncws-end\n`), {});
		const endless = `cws-probe 1\n${'gpu A100, 5, 1, 2\n'.repeat(500)}cws-end\n`;
		assert.equal(parseProbe(endless)?.gpus?.length, 64);
	});

	test('gives the share of the processor between two looks, and none after a restart', () => {
		const at = (busy: number, total: number) => ({cpuTicks: {busy, total}});
		assert.equal(toMetrics(at(150, 300), at(100, 200)).cpuPercent, 50);
		assert.equal(toMetrics(at(5, 10), at(100, 200)).cpuPercent, undefined);
		assert.equal(toMetrics(at(5, 10), undefined).cpuPercent, undefined);
	});
});

suite('a row', () => {
	const machine = {
		name: 'lab',
		isProbed: true,
		resolved: {address: '10.0.0.5', user: 'ada', port: 22, gateway: '10.0.0.5:22', isShared: false},
	};
	const away = {trouble: {kind: 'unreachable', reason: 'it does not answer'}} as const;

	test('of a silent machine is stopped only when somebody can start it', () => {
		assert.equal(toResource(machine, away, undefined, {currency: 'USD'}).status, 'unknown');
		const switched = {...machine, config: {name: 'lab', mac: '00:11:22:33:44:55'}};
		assert.equal(toResource(switched, away, undefined, {currency: 'USD'}).status, 'stopped');
	});

	test('has no price unless the person set one', () => {
		assert.equal(toResource(machine, undefined, undefined, {currency: 'USD'}).cost?.hourly.kind, 'unknown');
		const priced = toResource({...machine, config: {name: 'lab', ratePerHour: 0.25}}, undefined, undefined, {currency: 'EUR'});
		assert.deepEqual(priced.cost?.hourly, {kind: 'known', nanos: 250_000_000, currency: 'EUR'});
		assert.deepEqual(priced.cost?.stoppedHourly, priced.cost?.hourly, 'a rack is not cheaper when it is dark');
		const rented = {...machine, config: {name: 'lab', ratePerHour: 0.25, stoppedRatePerHour: 0}};
		assert.deepEqual(toResource(rented, undefined, undefined, {currency: 'EUR'}).cost?.stoppedHourly, {
			kind: 'known',
			nanos: 0,
			currency: 'EUR',
		});
	});

	test('says what has to be set before it can be switched', () => {
		const {disabled = {}} = toResource(machine, undefined, undefined, {currency: 'USD'});
		assert.match(disabled.start ?? '', /startCommand/);
		assert.match(disabled.stop ?? '', /stopCommand/);
	});
});

test('the wake-up call is six times 255 and sixteen times the address, and arrives', async () => {
	const packet = magicPacket('00:1A:2b-3c:4d:5e');
	assert.equal(packet.length, 102);
	assert.equal(packet.toString('hex', 0, 12), 'ffffffffffff001a2b3c4d5e');
	const {createSocket} = await import('node:dgram');
	const socket = createSocket('udp4');
	const heard = new Promise<Buffer>(resolve => {
		socket.once('message', resolve);
	});
	await new Promise<void>(resolve => {
		socket.bind(0, '127.0.0.1', resolve);
	});
	await wake({mac: '00:1a:2b:3c:4d:5e', broadcast: '127.0.0.1', port: socket.address().port});
	assert.deepEqual(await heard, packet);
	socket.close();
});

test('the script of a log keeps the name of a file whole, whatever is in it', () => {
	const script = logScript("/tmp/a'; echo broken; '", {follow: false, tail: 5});
	assert.throws(() => execFileSync('sh', {input: script, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe']}), /cannot be read/);
	const own = logScript('/proc/self/status', {follow: false, tail: 2});
	assert.equal(execFileSync('sh', {input: own, encoding: 'utf8'}).trim().split('\n').length, 2);
});
