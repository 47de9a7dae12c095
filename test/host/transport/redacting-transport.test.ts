import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createRedactor} from '../../../source/core/text/redact.ts';
import {openRedacting} from '../../../source/host/transport/redacting-transport.ts';
import {type Transport} from '../../../source/host/transport/transport.ts';

const token = 'hcloud-secret-42';

function world() {
	const heard: unknown[] = [];
	let say: (message: unknown) => void = () => {};
	let print: (stream: 'stdout' | 'stderr', text: string) => void = () => {};
	const open = () =>
		({
			send: () => true,
			onFrame: listener => void (say = listener),
			onOutput: listener => void (print = listener),
			onExit() {},
			stats: async () => ({memoryBytes: 1, cpuMicros: 1}),
			lowerPriority: () => true,
			kill: async () => 0,
		}) satisfies Transport as Transport;
	const transport = openRedacting(open, createRedactor([token]))({id: 'a', generation: 1, main: '', hardHeapMb: 1});
	transport.onFrame(message => heard.push(message));
	transport.onOutput((stream, text) => heard.push([stream, text]));
	return {transport, heard, say: (message: unknown) => say(message), print: (text: string) => print('stdout', text)};
}

test('secret-in-error: what a plugin answers, throws, logs, emits or prints is without secrets, encoded ones too', () => {
	const {heard, say, print} = world();
	const base64 = Buffer.from(`key=${token}`).toString('base64');
	for (const kind of ['a', 'A', 's', 'z', 'p', 'l', 'e', 'x', 'f']) {
		say([kind, 1, JSON.stringify({message: `401: ${token}`, fields: {[token]: [base64]}, n: 7})]);
	}

	say(['a', 2, new TextEncoder().encode(JSON.stringify([token, 'x'.repeat(20_000)]))]);
	print(`${token}\n`);
	const text = heard.map(frame => JSON.stringify(frame)).join('\n');
	assert.ok(!text.includes(token) && !text.includes('hcloud'));
	assert.deepEqual((heard[0] as unknown[]).slice(0, 2), ['a', 1]);
	const first = JSON.parse((heard[0] as [string, number, string])[2]) as {message: string; fields: Record<string, string[]>; n: number};
	assert.equal(first.message, '401: [redacted]');
	assert.equal(first.n, 7);
	assert.match(first.fields['[redacted]']?.[0] ?? '', /^a2V5[^ ]{0,3}\[redacted\]/);
	assert.deepEqual(heard.at(-1), ['stdout', '[redacted]\n']);
	const large = heard.at(-2) as [string, number, Uint8Array];
	assert.ok(large[2] instanceof Uint8Array && JSON.parse(new TextDecoder().decode(large[2]))[0] === '[redacted]');
});

test('what a plugin asks for stays as it is, and so does what the terminal will run', () => {
	const {transport, heard, say} = world();
	const request = ['q', 1, JSON.stringify({m: 'http.fetch', a: [token]})];
	say(request);
	transport.send('q', 5, {m: 'provider.connect', a: []});
	const command = ['a', 5, JSON.stringify({kind: 'exec', args: [token]})];
	say(command);
	say(['a', 5, JSON.stringify(token)]);
	assert.deepEqual(heard.slice(0, 2), [request, command]);
	assert.deepEqual(heard[2], ['a', 5, '"[redacted]"'], 'one answer, not two');
});

test('what is no frame or no JSON is left to the connection', () => {
	const {heard, say} = world();
	const strange = [null, 7, ['l'], ['l', 1, `"${token}`], ['l', 1, '['.repeat(100) + token], ['ll', 1, token]];
	strange.forEach(message => say(message));
	assert.deepEqual(heard, strange);
});
