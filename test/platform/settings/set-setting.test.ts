import assert from 'node:assert/strict';
import {lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test, type TestContext} from 'node:test';
import {setSetting, setSettings, toOptionKeys} from '../../../source/platform/settings/set-setting.ts';
import {tempDir} from '../temp-dir.ts';

function edited(t: TestContext, before: string, ...changes: readonly (readonly [key: string, value: unknown])[]): string {
	const file = join(tempDir(t), 'config.toml');
	writeFileSync(file, before);
	for (const [key, value] of changes) {
		assert.deepEqual(setSetting(file, key, value), {ok: true, value: undefined});
	}

	return readFileSync(file, 'utf8');
}

function refused(t: TestContext, before: string, key: string, value: unknown): {readonly message: string; readonly fix?: string} {
	const file = join(tempDir(t), 'config.toml');
	writeFileSync(file, before);
	const outcome = setSetting(file, key, value);
	assert.equal(outcome.ok, false);
	assert.equal(readFileSync(file, 'utf8'), before);
	assert.ok(!outcome.ok);
	return outcome.error;
}

test('a value is changed in its place; comments, order and spacing stay', t => {
	assert.equal(
		edited(
			t,
			'# mine\n\ntheme   =  "paper"   # nice\n\n# costs\n[cost]\n  hours_per_month = 720 # seed\n',
			['theme', 'mono'],
			['cost.hoursPerMonth', '730'],
		),
		'# mine\n\ntheme   =  "mono"   # nice\n\n# costs\n[cost]\n  hours_per_month = 730 # seed\n',
	);
});

test('a value over several lines is replaced whole', t => {
	assert.equal(
		edited(t, '[plugins]\ndisabled = [\n  "a", # one ]\n  "b#",\n]\nextra = "worker"\n', ['plugins.disabled', ['c']]),
		'[plugins]\ndisabled = ["c"]\nextra = "worker"\n',
	);
	assert.equal(edited(t, 'theme = """\npa\\"""per""""\nundoSeconds = 1\n', ['theme', 'x']), 'theme = "x"\nundoSeconds = 1\n');
});

test('a new key joins its table in the way its siblings are written', t => {
	assert.equal(
		edited(t, '[defaults]\n  provider = "a"\n\n[cost]\ncurrency = "EUR"\n', ['defaults.region', 'b']),
		'[defaults]\n  provider = "a"\n  region = "b"\n\n[cost]\ncurrency = "EUR"\n',
	);
	assert.equal(edited(t, 'cost.currency = "EUR"', ['cost.hoursPerMonth', 730]), 'cost.currency = "EUR"\ncost.hoursPerMonth = 730\n');
	assert.equal(edited(t, '[cost]\n# nothing yet', ['cost.hoursPerMonth', 730]), '[cost]\nhoursPerMonth = 730\n# nothing yet');
	assert.equal(
		edited(t, 'cost = {currency = "EUR"} # c\n', ['cost.hoursPerMonth', 730]),
		'cost = { currency = "EUR", hoursPerMonth = 730 } # c\n',
	);
	assert.equal(edited(t, 'cost = { hoursPerMonth = 720 }\n', ['cost.hoursPerMonth', 730]), 'cost = { hoursPerMonth = 730 }\n');
});

test('a new top-level key stands before the first table and above its comment', t => {
	assert.equal(
		edited(t, '# about costs\n[cost]\ncurrency = "EUR"\n', ['theme', 'mono']),
		'theme = "mono"\n\n# about costs\n[cost]\ncurrency = "EUR"\n',
	);
	assert.equal(edited(t, 'readOnly = true\n\n[cost]\n', ['theme', 'mono']), 'readOnly = true\ntheme = "mono"\n\n[cost]\n');
});

test('a missing table is added at the end', t => {
	assert.equal(edited(t, 'theme = "mono"', ['cost.currency', 'EUR']), 'theme = "mono"\n\n[cost]\ncurrency = "EUR"\n');
	assert.equal(
		edited(t, '[plugins.local]\nrate = 1\n', ['plugins.disabled', ['mock']]),
		'[plugins.local]\nrate = 1\n\n[plugins]\ndisabled = ["mock"]\n',
	);
});

test('an empty or absent file, and one with Windows line breaks', t => {
	assert.equal(edited(t, '', ['cost.currency', 'EUR'], ['theme', 'mono']), 'theme = "mono"\n\n[cost]\ncurrency = "EUR"\n');
	assert.equal(edited(t, 'a.b = 1\r\n[cost]\r\n', ['cost.currency', 'EUR']), 'a.b = 1\r\n[cost]\r\ncurrency = "EUR"\r\n');
	const file = join(tempDir(t), 'new', 'config.toml');
	assert.ok(setSetting(file, 'theme', 'mono').ok);
	assert.equal(readFileSync(file, 'utf8'), 'theme = "mono"\n');
});

test('a value that is taken out is gone in every spelling, and nothing else is', t => {
	const before =
		'# mine\ntheme = "paper" # nice\n\n[plugins.acme]\n# slow there\ntime_out = 30\nurl = "x"\n\n[plugins.acme.limits]\ncpu = 1\n\n[cost]\nhoursPerMonth = 720\n';
	const inline = 'plugins.acme = { url = "x", time_out = 3 }\n';
	const lines = "plugins.acme.url = '''\na\nb''' # both\nplugins.acme.n = 1";
	for (const [text, key, after] of [
		[before, 'theme', before.replace('theme = "paper" # nice\n', '')],
		[before, 'plugins.acme.timeOut', before.replace('time_out = 30\n', '')],
		[before, 'plugins.acme.limits', before.replace('[plugins.acme.limits]\ncpu = 1\n', '')],
		[before, 'plugins.acme.other', before],
		[inline, 'plugins.acme.timeOut', 'plugins.acme = { url = "x" }\n'],
		[lines, 'plugins.acme.url', 'plugins.acme.n = 1'],
		['', 'theme', ''],
	] as const) {
		assert.equal(edited(t, text, [key, undefined]), after, key);
	}
});

test('keys and options of plugins are set under their own names', t => {
	assert.equal(
		edited(t, '', ['keys.resources.wide', 'w,ctrl+w'], ['plugins.my_plugin.url', 'x"y'], ['plugins.options.my-plugin.count', '3']),
		'[keys]\n"resources.wide" = ["w", "ctrl+w"]\n\n[plugins.my-plugin]\nurl = "x\\"y"\ncount = 3\n',
	);
	assert.equal(edited(t, '[keys]\nresources.wide = ["w"]\n', ['keys.resources.wide', []]), '[keys]\nresources.wide = []\n');
});

test('enabling a plugin also lifts the `enabled` among its options', t => {
	const text = '[plugins]\ndisabled = ["a", "my-old"]\n[plugins.my_old]\nenabled = false # for now\n[plugins.b]\nenabled = true\n';
	assert.equal(
		edited(t, text, ['plugins.disabled', ['a', 'b']]),
		'[plugins]\ndisabled = ["a", "b"]\n[plugins.my_old]\nenabled = true # for now\n[plugins.b]\nenabled = false\n',
	);
});

test('what is no setting, a wrong value and a broken file are refused and nothing changes', t => {
	assert.equal(refused(t, '', 'them', 'x').fix, 'did you mean `theme`?');
	assert.match(refused(t, '', 'cost.hoursPerMonth', '731').message, /takes one of `720`, `730`, `calendar`/);
	assert.match(refused(t, '', 'undoSeconds', 'soon').message, /a number from 0 to 3600/);
	assert.match(refused(t, 'theme = \n', 'theme', 'mono').message, /:1:\d+` is not TOML/);
	assert.match(refused(t, 'cost = 5\n', 'cost.currency', 'EUR').message, /cannot be set .* without harm/);
});

test('a linked file stays a link, its mode stays, and no temporary file is left', t => {
	const directory = tempDir(t);
	const [real, link] = [join(directory, 'real.toml'), join(directory, 'config.toml')];
	writeFileSync(real, 'theme = "paper"\n', {mode: 0o640});
	symlinkSync(real, link);
	assert.ok(setSetting(link, 'theme', 'mono').ok);
	assert.ok(lstatSync(link).isSymbolicLink());
	assert.equal(readFileSync(real, 'utf8'), 'theme = "mono"\n');
	assert.equal(statSync(real).mode & 0o777, 0o640);
	assert.deepEqual(readdirSync(directory).toSorted(), ['config.toml', 'real.toml']);
});

test('a place that cannot be written is a failure with its cause', t => {
	const file = join(tempDir(t), 'file');
	writeFileSync(file, '');
	for (const place of [join(file, 'config.toml'), '/proc/cws/config.toml']) {
		const outcome = setSetting(place, 'theme', 'mono');
		assert.equal(outcome.ok ? '' : outcome.error.code, 'CWS_READ_ONLY');
	}
});

test('several options of a plugin are set at once with the types they have, or none of them', t => {
	const file = join(tempDir(t), 'config.toml');
	const before = '# mine\n[plugins.lab]\n# how long\ntime_out = 30 # seconds\nzone = "a"\n';
	writeFileSync(file, before);
	assert.ok(setSettings(file, toOptionKeys('lab', {timeOut: 45, zone: '7', regions: ['a', 'b']})).ok);
	assert.equal(
		readFileSync(file, 'utf8'),
		'# mine\n[plugins.lab]\n# how long\ntime_out = 45 # seconds\nzone = "7"\nregions = ["a", "b"]\n',
	);
	writeFileSync(file, before);
	const outcome = setSettings(
		file,
		new Map<string, unknown>([
			['plugins.lab.timeOut', 45],
			['nonsense', 1],
		]),
	);
	assert.ok(!outcome.ok);
	assert.equal(readFileSync(file, 'utf8'), before);
});
