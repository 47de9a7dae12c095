import assert from 'node:assert/strict';
import {chmodSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type TestContext} from 'node:test';
import {readPolicy} from '../../../source/platform/policy/load-policy.ts';
import {tempDir} from '../temp-dir.ts';

const byRoot = () => ({uid: 0, mode: 0o644});

function write(t: TestContext, text: string): string {
	const file = join(tempDir(t), 'policy.toml');
	writeFileSync(file, text);
	return file;
}

test('no file is no policy', t => {
	assert.deepEqual(readPolicy({file: join(tempDir(t), 'policy.toml')}), {policy: {}, problems: []});
});

test('a policy of root says what may run, in any spelling of its keys', t => {
	const file = write(
		t,
		'allow = ["hetzner", "my_plugin"]\ndeny = ["old"]\nisolation = "process"\nrequire_signed = true\nforbid-permissions = ["exec"]\n[minimumVersions]\nhetzner = "1.4.0"\n',
	);
	assert.deepEqual(readPolicy({file, ownerOf: byRoot}), {
		policy: {
			allow: ['hetzner', 'my-plugin'],
			deny: ['old'],
			isolation: 'process',
			requireSigned: true,
			forbidPermissions: ['exec'],
			minimumVersions: {hetzner: '1.4.0'},
			file,
		},
		file,
		problems: [],
	});
});

test('a file that somebody else could have written does not count, and the notice says what to do', t => {
	const file = write(t, 'allow = ["hetzner"]');
	for (const [owner, path] of [
		[{uid: 1000, mode: 0o644}, file],
		[{uid: 0, mode: 0o646}, file],
		[{uid: 0, mode: 0o664}, file],
	] as const) {
		const {policy, problems} = readPolicy({file, ownerOf: one => (one === path ? owner : byRoot())});
		assert.deepEqual(policy, {});
		assert.match(problems[0]!.fix!, /chown root:root/);
	}
});

test('a folder above it that others may write is as bad, a sticky one is not', t => {
	const file = write(t, 'deny = ["old"]');
	const of = (mode: number) => readPolicy({file, ownerOf: path => (path.endsWith('policy.toml') ? byRoot() : {uid: 0, mode})});
	assert.deepEqual(of(0o777).policy, {});
	assert.deepEqual(of(0o1777).policy.deny, ['old']);
});

test('the rights on the disk are what counts', {skip: process.getuid?.() !== 0 && 'needs root to make a file of root'}, t => {
	const folder = join(tempDir(t), 'etc');
	mkdirSync(folder, {mode: 0o755});
	const file = join(folder, 'policy.toml');
	writeFileSync(file, 'deny = ["old"]', {mode: 0o644});
	assert.deepEqual(readPolicy({file}).policy.deny, ['old']);
	chmodSync(file, 0o666);
	assert.deepEqual(readPolicy({file}).policy, {});
	chmodSync(file, 0o644);
	chmodSync(folder, 0o777);
	assert.deepEqual(readPolicy({file}).policy, {});
});

test('a wrong value is named with its line, and the strictest reading of it holds', t => {
	const file = write(t, 'allow = "hetzner"\n\nisolation = "worker"\nrequireSigned = "yes"\nforbidPermissions = ["exce"]\ndenny = ["x"]\n');
	const {policy, problems} = readPolicy({file, ownerOf: byRoot});
	assert.deepEqual([policy.allow, policy.isolation, policy.requireSigned, policy.forbidPermissions?.length], [[], 'process', true, 8]);
	assert.deepEqual(
		problems.map(({message}) => message.replace(file, 'F')),
		[
			'`allow` at `F:1` is not a list of ids of plugins.',
			'`isolation` at `F:3` is not `process`.',
			'`requireSigned` at `F:4` is not `true` or `false`.',
			'`forbidPermissions` at `F:5` is not a list of `http`, `fs`, `env`, `exec`, `secrets`, `events`, `store`, `ui`.',
			'`denny` at `F:6` is nothing a policy says.',
		],
	);
	assert.equal(problems[4]!.fix, 'did you mean `deny`?');
});

test('a policy of root that is no TOML lets only bundled plugins run', t => {
	const {policy, problems} = readPolicy({file: write(t, 'allow = ['), ownerOf: byRoot});
	assert.deepEqual(policy.allow, []);
	assert.match(problems[0]!.fix!, /administrator/);
});
