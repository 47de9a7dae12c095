import assert from 'node:assert/strict';
import {PassThrough} from 'node:stream';
import {setImmediate as turn} from 'node:timers/promises';
import {test} from 'node:test';
import {failure} from '../../../source/core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../../source/core/failure/outcome.ts';
import {type TerminalInput, type TerminalOutput} from '../../../source/core/plugin.ts';
import {carrySession, type Session} from '../../../source/platform/terminal/carry-session.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

function terminal({isTTY = true} = {}) {
	const steps: string[] = [];
	const stdin = Object.assign(new PassThrough(), {isTTY, setRawMode: (isRaw: boolean) => steps.push(isRaw ? 'raw' : 'cooked')});
	const stdout = Object.assign(new PassThrough(), {isTTY, columns: 100, rows: 30});
	const guard = {arm: () => steps.push('armed'), disarm: () => steps.push('disarmed')};
	let end = () => {};
	return {
		steps,
		stdin,
		stdout,
		parts: {
			stdin,
			stdout,
			guard,
			onTermination(listener: () => void) {
				end = listener;
				return () => steps.push('deaf');
			},
		},
		terminate: () => end(),
		written() {
			let text = '';
			for (let chunk = stdout.read() as Buffer | null; chunk !== null; chunk = stdout.read() as Buffer | null) {
				text += String(chunk);
			}

			return text;
		},
	};
}

type Chunks = AsyncGenerator<Outcome<readonly TerminalOutput[]>, void>;

/** A far end that repeats what it is sent, until `exit`. */
async function* echo({input}: Session): Chunks {
	for await (const item of input) {
		const text = 'data' in item ? Buffer.from(item.data, 'base64').toString() : `<${item.columns}x${item.rows}>`;
		yield ok([{data: base64(text)}]);
		if (text.includes('exit')) {
			yield ok([{exitCode: 3}]);
			return;
		}
	}
}

test('keys go in, bytes come out as they are, and the exit code is the session’s', async () => {
	const {parts, stdin, stdout, steps, written} = terminal();
	const ended = carrySession(parts, echo);
	stdin.write('ls\u0003');
	await turn();
	Object.assign(stdout, {columns: 120}).emit('resize');
	await turn();
	stdin.write('exit\u001B[0m');
	assert.deepEqual(await ended, {ok: true, value: {exitCode: 3}});
	assert.equal(written(), 'ls\u0003<120x30>exit\u001B[0m');
	assert.deepEqual(steps, ['armed', 'raw', 'deaf', 'cooked', 'disarmed']);
	assert.equal(stdin.listenerCount('data'), 0);
	assert.equal(stdout.listenerCount('resize'), 0);
});

test('the far end is told the size, and that a pipe is no terminal', async () => {
	const seen: unknown[] = [];
	for (const isTTY of [true, false]) {
		const {parts, stdin, steps} = terminal({isTTY});
		stdin.end('data');
		const ended = carrySession(parts, async function* (session): Chunks {
			const {columns, rows, isTerminal} = session;
			const inputs: TerminalInput[] = [];
			for await (const item of session.input) {
				inputs.push(item);
			}

			seen.push([columns, rows, isTerminal, inputs]);
			yield ok([]);
		});
		assert.deepEqual(await ended, {ok: true, value: {exitCode: 0}});
		assert.equal(steps.includes('raw'), isTTY);
	}

	assert.deepEqual(seen, [
		[100, 30, true, [{data: base64('data')}]],
		[100, 30, false, [{data: base64('data')}]],
	]);
});

async function* silent({signal}: Session): Chunks {
	await new Promise(resolve => {
		signal.addEventListener('abort', resolve);
	});
	yield failed(failure('CWS_CANCELLED', {message: 'cancelled'}));
}

test('a session that answers nothing ends with enter, tilde, dot, also when they come one by one', async () => {
	const {parts, stdin, steps} = terminal();
	const ended = carrySession(parts, silent);
	for (const key of ['a~.', '\r', '~', '.']) {
		stdin.write(key);
		await turn();
	}

	assert.deepEqual(await ended, {ok: true, value: {exitCode: 130}});
	assert.deepEqual(steps.slice(-2), ['cooked', 'disarmed']);
});

test('a process that is asked to end gives the terminal back first', async () => {
	const {parts, terminate, steps} = terminal();
	const ended = carrySession(parts, silent);
	await turn();
	terminate();
	assert.deepEqual(await ended, {ok: true, value: {exitCode: 130}});
	assert.ok(steps.includes('cooked'));
});

test('a session that breaks gives the terminal back and says why', async () => {
	const {parts, steps} = terminal();
	const error = failure('CWS_PROVIDER_UNAVAILABLE', {message: 'gone'});
	assert.deepEqual(
		await carrySession(parts, async function* (): Chunks {
			yield failed(error);
		}),
		{ok: false, error},
	);
	assert.ok(steps.includes('cooked'));
	const thrown = terminal();
	await assert.rejects(
		carrySession(thrown.parts, async function* (): Chunks {
			yield ok([]);
			throw new Error('bug');
		}),
		/bug/,
	);
	assert.ok(thrown.steps.includes('cooked'));
});

test('a large paste is joined into few items and holds the keyboard up instead of filling memory', async () => {
	const {parts, stdin} = terminal({isTTY: false});
	const items: TerminalInput[] = [];
	const start = Promise.withResolvers<void>();
	const ended = carrySession(parts, async function* ({input}): Chunks {
		await start.promise;
		for await (const item of input) {
			items.push(item);
			yield ok([]);
		}
	});
	const paste = Buffer.alloc(3 * 1024 * 1024, 'x');
	for (let at = 0; at < paste.length; at += 4096) {
		stdin.write(paste.subarray(at, at + 4096));
	}

	stdin.end();
	await turn();
	await turn();
	assert.ok(stdin.isPaused());
	start.resolve();
	await ended;
	const bytes = items.map(item => ('data' in item ? Buffer.from(item.data, 'base64').length : 0));
	assert.equal(
		bytes.reduce((sum, count) => sum + count, 0),
		paste.length,
	);
	assert.ok(bytes.length < 200, String(bytes.length));
});

test('what is neither bytes nor an exit code is passed over', async () => {
	const {parts, written} = terminal();
	const strange = [{data: 5}, null, {exitCode: 999}, {exitCode: 1.5}, {data: base64('fine')}] as unknown as readonly TerminalOutput[];
	const ended = await carrySession(parts, async function* (): Chunks {
		yield ok(strange);
	});
	assert.deepEqual(ended, {ok: true, value: {exitCode: 0}});
	assert.equal(written(), 'fine');
});
