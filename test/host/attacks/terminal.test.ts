import assert from 'node:assert/strict';
import {test} from 'node:test';
import stringWidth from 'string-width';
import {openUrl} from '../../../source/platform/exec.ts';
import {createPluginLog} from '../../../source/host/plugin-log.ts';
import {systemClock} from '../../../source/platform/clock.ts';
import {inSandbox} from '../sandbox/in-sandbox.ts';

/** A plugin whose one row has the name it is asked for. */
const named = `module.exports = {health: name => ({resources: [{name}]}), provider: {get: (...names) => names.slice(0, -1)}}`;

async function shown(names: readonly string[]): Promise<readonly string[]> {
	await using sandbox = await inSandbox(named);
	return (await sandbox.call('provider.get', ...names)) as readonly string[];
}

test('name-escape: no control character of a name reaches a terminal', async () => {
	const names = [
		'\u001B[2J',
		'\u001B]52;c;cm0gLXJmIC8=\u0007',
		'\u009D52;c;eA==\u009C',
		'\u001BP1$r\u001B\\',
		'\u001B_Gf=100;\u001B\\',
		'web\rroot',
		'web\b\b\bdb',
		'\u0000\u0007\u007F\u0085',
		'a\nb\tc\u2028d\u2029e',
	];
	for (const [index, text] of (await shown(names)).entries()) {
		// oxlint-disable-next-line no-control-regex
		assert.doesNotMatch(text, /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/, JSON.stringify(names[index]));
		assert.ok(text.length > 0);
	}
});

test('bidi-name, zero-width, zalgo, lone-surrogate: a name is as wide as it looks', async () => {
	const [bidi, isolate, joined, tags, zalgo, lone] = await shown([
		'web\u202Etxt.exe',
		'a\u2066b\u2069c',
		'we\u200Bb\u200D\uFEFF',
		'x\u{E0041}\u{E007F}',
		`z${'\u0301'.repeat(50)}`,
		'a\uD800b',
	]);
	assert.equal(bidi, 'web\uFFFDtxt.exe');
	assert.equal(isolate, 'a\uFFFDb\uFFFDc');
	assert.equal(joined, 'we\uFFFDb\uFFFD\uFFFD');
	assert.equal(tags, 'x\uFFFD\uFFFD');
	assert.equal(zalgo, `z${'\u0301'.repeat(3)}`);
	assert.equal(lone, 'a\uFFFDb');
	assert.equal(stringWidth(zalgo), 1);
});

test('stdout-write: what a plugin with all of Node prints is a line of its log', () => {
	const log = createPluginLog({plugin: 'attacker', clock: systemClock, capacity: 10, onRecord() {}});
	log.addOutput('stdout', '\u001B[2J\u001B[Hgone\r\nfake \u001B]0;title\u0007screen');
	assert.deepEqual(
		log.records().map(({level, message}) => [level, message]),
		[
			['info', 'gone'],
			['info', 'fake screen'],
		],
	);
});

test('hyperlink: a link is plain text, and only the web is opened', async () => {
	const [link] = await shown(['\u001B]8;;https://evil.test\u001B\\bank\u001B]8;;\u001B\\']);
	assert.equal(link, '␛]8;;https://evil.test␛\\bank␛]8;;␛\\');
	for (const url of ['javascript:alert(1)', 'file:///etc/passwd', 'vscode://x', 'not an address']) {
		const opened = await openUrl(url, {});
		assert.ok(!opened.ok && opened.error.code === 'CWS_NOT_SUPPORTED', url);
	}
});
