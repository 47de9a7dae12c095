import assert from 'node:assert/strict';
import {chmodSync, existsSync, mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {runCws} from './support/run-cws.ts';
import {freshHome} from './support/start-cws.ts';

const skip =
	process.getuid?.() !== 0
		? 'needs root to write a policy that counts'
		: existsSync('/etc/cws/policy.toml')
			? 'this machine has a policy of its own'
			: false;

test('a policy of root denies a plugin, and one that others may write denies nothing', {skip}, async t => {
	const home = freshHome(t);
	const file = path.join(home, 'etc', 'policy.toml');
	mkdirSync(path.dirname(file));
	writeFileSync(file, 'deny = ["local"]\n', {mode: 0o644});
	const doctor = async () => {
		const {stdout} = await runCws(['doctor', '--json'], {home, env: {CWS_POLICY: file}});
		const {findings} = JSON.parse(stdout) as {findings: readonly {name: string; status: string; output: string}[]};
		return (name: string) => findings.find(finding => finding.name === name);
	};

	const held = await doctor();
	assert.equal(held('policy')?.output, `${file}: deny`);
	assert.match(held('plugin local')?.output ?? '', /denied by the policy of this machine/);
	chmodSync(file, 0o666);
	const free = await doctor();
	assert.equal(free('policy'), undefined);
	assert.match(free('notice')?.output ?? '', /does not count/);
	assert.equal(free('plugin local')?.status, 'pass');
});
