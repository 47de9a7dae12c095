import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {suite, test} from 'node:test';
import {type SshPluginConfig} from '../config.ts';
import {isCodeForge} from '../hosts/code-forges.ts';
import {createMachines} from '../hosts/machines.ts';
import {parseResolved, type Resolved} from '../hosts/resolve.ts';
import {hostNames} from '../hosts/ssh-config.ts';

const defaults: SshPluginConfig = {
	probe: 'configured',
	skip: [],
	connectSeconds: 8,
	keepSeconds: 120,
	coldConnections: 6,
	currency: 'USD',
	hosts: [],
};

function homeWith(files: Readonly<Record<string, string>>) {
	const home = mkdtempSync(path.join(tmpdir(), 'cws-ssh-home-'));
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(path.dirname(path.join(home, '.ssh', name)), {recursive: true});
		writeFileSync(path.join(home, '.ssh', name), text);
	}

	return {
		home,
		file: path.join(home, '.ssh', 'config'),
		[Symbol.dispose]: () => {
			rmSync(home, {recursive: true, force: true});
		},
	};
}

suite('the file of ssh', () => {
	test('gives the names a person can type, and no pattern', () => {
		using home = homeWith({config: 'Host lab-1 lab-2 *.lab !bad "gpu 1"\n  User ada\nhost=nas\nHost *\n  User x\nMatch host secret\n'});
		assert.deepEqual(hostNames(home.file, home.home), ['lab-1', 'lab-2', 'nas']);
	});

	test('follows Includes, relative ones from ~/.ssh, and ends where they include themselves', () => {
		using home = homeWith({
			config: 'Include conf.d/*\nHost last\n',
			'conf.d/a': 'Host first\nInclude config\n',
			'conf.d/b': 'Host second\nInclude ~/.ssh/conf.d/missing\n',
		});
		assert.deepEqual(hostNames(home.file, home.home).toSorted(), ['first', 'last', 'second']);
	});

	test('that is not there names nobody', () => {
		assert.deepEqual(hostNames('/nowhere/at/all', '/nowhere'), []);
	});
});

suite('what ssh -G says', () => {
	test('is read for address, user, port and the first hop', () => {
		assert.deepEqual(parseResolved('user ada\nhostname 10.0.0.5\nport 2222\nproxyjump gate:22,inner\ncontrolmaster false\n', 'x'), {
			address: '10.0.0.5',
			user: 'ada',
			port: 2222,
			gateway: 'gate:22',
			isShared: false,
		});
	});

	test('tells when the person shares connections already', () => {
		const resolved = parseResolved('hostname h\nport 22\ncontrolmaster auto\ncontrolpath /run/x\nproxyjump none\n', 'h');
		assert.equal(resolved.isShared, true);
		assert.equal(resolved.gateway, 'h:22');
	});
});

suite('machines', () => {
	const resolve = async ({name}: {readonly name: string}): Promise<Resolved> => ({
		address: name === 'code' ? 'github.com' : name,
		user: 'ada',
		port: 22,
		gateway: `${name}:22`,
		isShared: false,
	});
	const list = async (home: string, config: Partial<SshPluginConfig>) =>
		createMachines({config: {...defaults, ...config}, home, resolve}).all(AbortSignal.timeout(1000));

	test('of ssh are shown and not dialled unless the person asked for it', async () => {
		using home = homeWith({config: 'Host a b\n'});
		const machines = await list(home.home, {hosts: [{name: 'b'}, {name: 'c'}]});
		assert.deepEqual(
			machines.map(({name, isProbed}) => [name, isProbed]),
			[
				['b', true],
				['c', true],
				['a', false],
			],
		);
		const all = await list(home.home, {probe: 'all'});
		assert.ok(all.every(({isProbed}) => isProbed));
		const none = await list(home.home, {probe: 'none', hosts: [{name: 'b'}]});
		assert.ok(none.every(({isProbed}) => !isProbed));
	});

	test('leave out code forges and what the person skips', async () => {
		using home = homeWith({config: 'Host code a b\n'});
		assert.deepEqual(
			(await list(home.home, {skip: ['b']})).map(({name}) => name),
			['a'],
		);
		assert.ok(isCodeForge({address: 'git.example.org', user: 'git'}));
		assert.ok(!isCodeForge({address: 'github.com.example.org', user: 'ada'}));
	});

	test('that ssh cannot resolve are shown with the reason', async () => {
		using home = homeWith({config: 'Host a\n'});
		const machines = createMachines({
			config: defaults,
			home: home.home,
			resolve: async () => {
				throw new Error('line 3: Bad configuration option');
			},
		});
		assert.match((await machines.all(AbortSignal.timeout(1000)))[0]?.problem ?? '', /line 3/);
	});

	test('are asked of ssh once until its file changes', async () => {
		using home = homeWith({config: 'Host a\n'});
		let asked = 0;
		const machines = createMachines({
			config: defaults,
			home: home.home,
			async resolve(machine) {
				asked++;
				return resolve(machine);
			},
		});
		const signal = AbortSignal.timeout(1000);
		await machines.all(signal);
		await machines.all(signal);
		assert.equal(asked, 1);
		writeFileSync(home.file, 'Host a bb\n');
		assert.equal((await machines.all(signal)).length, 2);
		assert.equal(asked, 3);
	});
});
