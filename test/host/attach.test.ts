import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type TerminalInput} from '../../source/core/plugin.ts';
import {hostForTest} from '../helpers/host-for-test.ts';
import {listen, quick, recordOf} from './fixture-host.ts';
import {madePlugin} from './made-plugin.ts';

const echo = madePlugin(
	'echo',
	{kind: 'provider'},
	`let context; export default {initialize(given) { context = given; }, provider: {
		async *attach(target, {columns, rows, command}, {input, signal}) {
			yield {data: Buffer.from(columns + 'x' + rows + (command ?? '') + '\\u001B[2J').toString('base64')};
			try {
				for await (const item of input) {
					if (item.data === undefined) yield {data: Buffer.from('<' + item.columns + '>').toString('base64')};
					else if (Buffer.from(item.data, 'base64').toString() === 'exit') return yield {exitCode: 4};
					else yield item;
				}
				yield {exitCode: 0};
			} finally { context.log.info('session over'); }
		},
		async *silent(target, {input}) { await new Promise(() => {}); },
	}};`,
);

const base64 = (text: string) => Buffer.from(text).toString('base64');

async function* typed(...items: readonly (string | TerminalInput)[]): AsyncGenerator<TerminalInput> {
	for (const item of items) {
		yield typeof item === 'string' ? {data: base64(item)} : item;
	}
}

const start = () => hostForTest([echo], {limits: quick});
const call = {plugin: 'echo', method: 'provider.attach', args: [{}, {columns: 80, rows: 24}]};

test('a session carries what is typed and what is written, sizes and the exit code, as they are', async () => {
	await using started = await start();
	const written: string[] = [];
	let exitCode: number | undefined;
	for await (const chunk of started.host.attach({
		...call,
		input: typed('ls\r', {columns: 100, rows: 30}, '\u0003\u001B', 'exit', 'late'),
	})) {
		assert.ok(chunk.ok, JSON.stringify(chunk));
		for (const item of chunk.value) {
			if ('data' in item) {
				written.push(Buffer.from(item.data, 'base64').toString());
			} else {
				({exitCode} = item);
			}
		}
	}

	assert.equal(written.join('|'), '80x24\u001B[2J|ls\r|<100>|\u0003\u001B');
	assert.equal(exitCode, 4);
});

test('a session whose input ends ends, and one that is left tells the plugin', async () => {
	await using started = await start();
	const {host} = started;
	const heard = listen(host);
	const ends: unknown[] = [];
	for await (const chunk of host.attach({...call, input: typed('a')})) {
		ends.push(chunk.ok && chunk.value.at(-1));
	}

	assert.deepEqual(ends.at(-1), {exitCode: 0});
	const endless = (async function* () {
		yield {data: base64('a')};
		await new Promise(() => {});
	})();
	for await (const chunk of host.attach({...call, input: endless})) {
		if (chunk.ok && chunk.value.some(item => 'data' in item && item.data === base64('a'))) {
			break;
		}
	}

	await heard.until(() => heard.logs.filter(({message}) => message === 'session over').length === 2);
	assert.equal(recordOf(host, 'echo').state, 'active');
});

test('input reaches the plugin only as fast as it reads', async () => {
	await using started = await start();
	let taken = 0;
	const endless = (async function* () {
		for (;;) {
			taken++;
			yield {data: base64('x')};
		}
	})();
	const controller = new AbortController();
	const attached = started.host.attach({...call, method: 'provider.silent', input: endless, signal: controller.signal});
	const session = attached[Symbol.asyncIterator]();
	const next = session.next();
	await started.host.call({plugin: 'echo', method: 'provider.none', args: []});
	assert.ok(taken <= 4, String(taken));
	controller.abort();
	const ended = await next;
	assert.ok(ended.value && !ended.value.ok && ended.value.error.code === 'CWS_CANCELLED');
});
