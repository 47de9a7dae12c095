import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type EngineHarness} from './engine-harness.ts';
import {type LogLine} from '../../../source/core/plugin.ts';
import {followChanges} from './follow-changes.ts';
import {openSession} from './open-session.ts';
import {until} from './until.ts';

/** What goes on for as long as somebody looks: logs, terminals, figures, changes. */
export function streamsTests(harness: EngineHarness): void {
	const {cli, image, deploy, act, inspect} = harness;

	test('both outputs of a log come apart, each line with its time, and a follow goes on across a restart', async () => {
		const target = await deploy('talks-1', `sh -c 'echo one; echo two >&2; echo déjà vu; sleep 100'`);
		const read = async (tail: number) => {
			const lines: LogLine[] = [];
			for await (const chunk of harness.running.host.stream<LogLine>({
				plugin: 'docker',
				method: 'provider.logs',
				args: [target, {follow: false, tail}],
			})) {
				assert.ok(chunk.ok, JSON.stringify(chunk));
				lines.push(...chunk.value);
			}

			return lines;
		};

		const lines = await until(
			async () => read(10),
			lines => lines.length === 3,
		);
		assert.deepEqual(lines.map(({stream, text}) => `${stream} ${text}`).toSorted(), ['stderr two', 'stdout déjà vu', 'stdout one']);
		assert.ok(lines.every(({at}) => at !== undefined && Math.abs(at - Date.now()) < 120_000));
		assert.equal((await read(1)).length, 1);

		const cancel = new AbortController();
		const seen: string[] = [];
		const following = (async () => {
			for await (const chunk of harness.running.host.stream<LogLine>({
				plugin: 'docker',
				method: 'provider.logs',
				args: [target, {follow: true, tail: 10}],
				signal: cancel.signal,
			})) {
				seen.push(...(chunk.ok ? chunk.value.map(({text}) => text) : []));
			}
		})();
		await until(
			async () => seen.length,
			count => count >= 3,
		);
		await cli('restart', '-t', '0', target.id);
		await until(
			async () => seen.filter(text => text === 'one').length,
			count => count === 2,
		);
		cancel.abort();
		await following;
		assert.equal(seen.filter(text => text === 'one').length, 2, seen.join('\n'));
		await act('destroy', target);
	});

	test('a terminal opens inside, follows its size and gives the exit code; a pipe is carried byte by byte', async () => {
		const target = await deploy('shell-1', 'sleep 100');
		assert.equal((await harness.running.value<{kind: string}>('provider.connect', [target, {}])).kind, 'stream');
		await using terminal = openSession(harness.running, target, {columns: 100, rows: 30});
		await terminal.until(/# /);
		terminal.send({data: 'stty size; tty\n'});
		await terminal.until(/30 100\r\n\/dev\/pts/);
		terminal.send({columns: 132, rows: 43});
		await until(
			async () => {
				terminal.send({data: 'stty size\n'});
				return terminal.text();
			},
			text => text.includes('43 132'),
		);
		terminal.send({data: 'exit 7\n'});
		assert.equal(await terminal.exitCode(), 7);

		await using pipe = openSession(harness.running, target, {
			columns: 80,
			rows: 24,
			isTerminal: false,
			command: ['sh', '-c', 'cat; echo end >&2; exit 5'],
		});
		const bytes = Array.from({length: 20_000}, (_, index) => `line ${index} déjà vu\n`).join('');
		pipe.send({data: bytes});
		pipe.end();
		assert.equal(await pipe.exitCode(), 5);
		// The two outputs keep no order between them.
		assert.equal(pipe.text().replace('end\n', ''), bytes);
		assert.equal(pipe.text().length, bytes.length + 4);
		await act('hibernate', target);
		const paused = await harness.running.call('provider.connect', [target, {}]);
		assert.ok(!paused.ok && paused.error.code === 'CWS_INVALID_STATE', JSON.stringify(paused));
		await act('destroy', target);
	});

	test('its figures are those of the engine', async () => {
		const target = await deploy('busy-1', `sh -c 'while :; do :; done'`, {memoryMb: 32});
		const metrics = await until(
			async () =>
				harness.running.value<{cpuPercent?: number; memoryBytes?: number; memoryTotalBytes?: number}>('provider.metrics', [target]),
			({cpuPercent = 0}) => cpuPercent > 10,
		);
		assert.equal(metrics.memoryTotalBytes, 32 * 1_048_576);
		assert.ok((metrics.cpuPercent ?? 0) < 400 && (metrics.memoryBytes ?? 0) < 32 * 1_048_576, JSON.stringify(metrics));
		await act('destroy', target);
	});

	test('what happens elsewhere is pushed: a container, a volume, an image', async t => {
		await using changes = followChanges(harness.running);
		await changes.until(known => known.has(`image ${shortName(image)}`));
		const told = changes.until(known => known.get('container elsewhere-1')?.status === 'running').then(() => Date.now());
		const id = await cli('run', '-d', '--stop-timeout', '0', '--name', 'elsewhere-1', '--network', 'none', image, 'sleep', '100');
		const delay = (await told) - Date.parse(await inspect(id, '{{json .State.StartedAt}}').then(text => JSON.parse(text) as string));
		t.diagnostic(`a container that was started elsewhere was told ${delay} ms after it had started`);
		await changes.until(known => known.get('container elsewhere-1')?.metrics?.memoryBytes !== undefined);
		await cli('rename', 'elsewhere-1', 'elsewhere-2');
		await changes.until(known => known.has('container elsewhere-2'));
		await cli('pause', 'elsewhere-2');
		await changes.until(known => known.get('container elsewhere-2')?.status === 'hibernated');
		await cli('unpause', 'elsewhere-2');
		await cli('rm', '-f', 'elsewhere-2');
		await changes.until(known => !known.has('container elsewhere-2'));
		await cli('volume', 'create', 'elsewhere');
		await changes.until(known => known.get('volume elsewhere')?.rawStatus === 'unused');
		await cli('volume', 'rm', 'elsewhere');
		await changes.until(known => !known.has('volume elsewhere'));
		await cli('tag', image, 'elsewhere:2');
		await cli('rmi', 'elsewhere:2');
	});
}

const shortName = (image: string): string => image.replace(/^localhost\//, '');
