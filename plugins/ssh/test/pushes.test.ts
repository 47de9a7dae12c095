import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {mock, suite, test} from 'node:test';
import {type ResourceChange} from 'cws/sdk';
import {type SshPluginConfig} from '../config.ts';
import {type Session} from '../connection/session.ts';
import {listMachines} from '../list.ts';
import {createPushes} from '../pushes.ts';
import {createState, type SshState} from '../state.ts';

const look: ResourceChange = {change: 'look', provider: 'ssh', type: 'machine'};

suite('what is pushed', () => {
	test('reaches who listens, until the signal, and nobody else', async () => {
		const pushes = createPushes();
		pushes.push(look);
		const cancel = new AbortController();
		const seen: ResourceChange[] = [];
		const following = (async () => {
			for await (const changes of pushes.follow(cancel.signal)) {
				seen.push(...changes);
			}
		})();
		await turns();
		pushes.push(look);
		pushes.push({...look, type: 'other'});
		await turns();
		cancel.abort();
		await following;
		pushes.push(look);
		assert.deepEqual(
			seen.map(change => change.change === 'look' && change.type),
			['machine', 'other'],
		);
	});
});

suite('a list', () => {
	test('with a machine that takes its time asks for the next look as early as a quick one has it', async () => {
		using world = worldOf({quick: 0, slow: 700});
		const seen = follow(world.state);
		const rows = await namesOf(world.state);
		assert.deepEqual(rows, ['quick', 'slow']);
		mock.timers.tick(14_999);
		await turns();
		assert.deepEqual(seen, []);
		mock.timers.tick(1);
		await turns();
		assert.deepEqual(seen, [look]);
	});

	test('that is quick pushes nothing', async () => {
		using world = worldOf({one: 0, two: 0});
		const seen = follow(world.state);
		assert.deepEqual(await namesOf(world.state), ['one', 'two']);
		mock.timers.tick(60_000);
		await turns();
		assert.deepEqual(seen, []);
	});
});

/** Machines that answer after so many milliseconds of a clock that stands still. */
function worldOf(machines: Readonly<Record<string, number>>) {
	const home = mkdtempSync(path.join(tmpdir(), 'cws-ssh-list-'));
	const configFile = path.join(home, 'config');
	writeFileSync(configFile, `Host ${Object.keys(machines).join(' ')}\n`);
	let passed = 0;
	mock.timers.enable({apis: ['setTimeout']});
	mock.method(performance, 'now', () => passed);
	const session = (ms: number): Session => ({
		async ask() {
			// The slow ones come after the quick ones.
			for (let turn = 0; turn < ms; turn++) {
				await Promise.resolve();
			}

			passed = Math.max(passed, ms);
			return {output: 'cws-probe 1\nload 0.5\ncws-end\n'};
		},
		close() {},
		isOpen: () => true,
	});
	const config: SshPluginConfig = {
		probe: 'all',
		skip: [],
		configFile,
		connectSeconds: 8,
		keepSeconds: 120,
		coldConnections: 6,
		currency: 'USD',
		hosts: [],
	};
	const state = createState(config, home, {
		run: async ({arguments: words}) => ({stdout: `hostname ${words.at(-1)}\nport 22\n`, stderr: '', code: 0, isTimedOut: false}),
		open: async words => session(machines[words.at(-2)!]!),
		home,
		environment: {XDG_RUNTIME_DIR: home},
	});
	return {
		state,
		[Symbol.dispose]() {
			mock.reset();
			rmSync(home, {recursive: true, force: true});
		},
	};
}

function follow(state: SshState): readonly ResourceChange[] {
	const seen: ResourceChange[] = [];
	void (async () => {
		for await (const changes of state.pushes.follow(new AbortController().signal)) {
			seen.push(...changes);
		}
	})();
	return seen;
}

async function namesOf(state: SshState): Promise<readonly string[]> {
	const names: string[] = [];
	for await (const {resources} of listMachines(state, new AbortController().signal)) {
		names.push(...resources.map(({name}) => name));
	}

	return names;
}

/** Lets everything happen that waits for nothing but its turn. */
async function turns(): Promise<void> {
	for (let turn = 0; turn < 5; turn++) {
		await new Promise(setImmediate);
	}
}
