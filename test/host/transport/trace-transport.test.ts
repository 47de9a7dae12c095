import assert from 'node:assert/strict';
import {test} from 'node:test';
import {openTracing, type TraceLine} from '../../../source/host/transport/trace-transport.ts';
import {type Transport} from '../../../source/host/transport/transport.ts';
import {traceLine} from '../../../source/commands/plugins/actions/dev.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';

function traced() {
	const clock = createFakeClock();
	const lines: TraceLine[] = [];
	const heard: unknown[] = [];
	let say: (message: unknown) => void = () => {};
	const inner: Transport = {
		send: () => true,
		onFrame(listener) {
			say = listener;
		},
		onOutput() {},
		onExit() {},
		stats: async () => ({memoryBytes: 0, cpuMicros: 0}),
		lowerPriority: () => true,
		kill: async () => 0,
	};
	const transport = openTracing(
		() => inner,
		clock,
		line => lines.push(line),
	)({id: 'x', generation: 3, main: '', hardHeapMb: 1});
	transport.onFrame(message => heard.push(message));
	return {clock, lines, heard, transport, say: (message: unknown) => say(message)};
}

test('calls in both directions are told with what was asked, what came and how long it took', async () => {
	const {clock, lines, heard, transport, say} = traced();
	transport.send('q', 1, {m: 'provider.list', a: [{provider: 'x', type: 'vm'}], s: 1});
	say(['q', 7, JSON.stringify({m: 'http.fetch', a: ['https://a.test/', {}], p: 1})]);
	await clock.advance(30);
	transport.send('a', 7, {status: 200});
	say(['s', 1, JSON.stringify([{resources: []}, {resources: []}])]);
	say(['z', 1]);
	transport.send('q', 2, {m: 'provider.get', a: [{}]});
	say(['A', 2, JSON.stringify({name: 'Error', message: 'no \u001B[2Jsuch thing'})]);
	assert.deepEqual(
		lines.map(line => traceLine(line)),
		[
			'→ provider.list {"provider":"x","type":"vm"}',
			'  ⇠ http.fetch ["https://a.test/",{}]',
			'  ⇢ http.fetch {"status":200} (30 ms)',
			'← provider.list 2 items (30 ms)',
			'→ provider.get {}',
			'✗ provider.get no ␛[2Jsuch thing (0 ms)',
		],
	);
	assert.ok(lines.every(({generation}) => generation === 3));
	assert.equal(heard.length, 4);
});

test('what is no frame, answers nobody, or is typed by a person is not told, and passes as it is', () => {
	const {lines, heard, transport, say} = traced();
	const strange = [null, ['q', 1], ['q', 1, '{"m":7}'], ['q', 1, '{'], ['a', 99, '1'], ['q', 2, JSON.stringify({m: 'call.input', a: [1]})]];
	strange.forEach(message => say(message));
	transport.send('q', 3, {m: 'provider.attach', a: [{}]});
	assert.deepEqual(lines, []);
	assert.deepEqual(heard, strange);
});
