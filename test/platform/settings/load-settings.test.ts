import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test, type TestContext} from 'node:test';
import {loadSettings, type LoadSettingsOptions} from '../../../source/platform/settings/load-settings.ts';
import {tempDir} from '../temp-dir.ts';

/** A home with a config directory, a repository and a folder in it. */
function createPlace(t: TestContext) {
	const root = tempDir(t);
	const [config, repository, folder] = [join(root, 'config'), join(root, 'repository'), join(root, 'repository', 'deep', 'folder')];
	for (const directory of [config, join(repository, '.git'), folder]) {
		mkdirSync(directory, {recursive: true});
	}

	const user = join(config, 'config.toml');
	return {
		root,
		repository,
		folder,
		user,
		write: (text: string, file = user) => {
			writeFileSync(file, text);
		},
		load: (options: Partial<LoadSettingsOptions> = {}) => loadSettings({directories: {config}, cwd: folder, environment: {}, ...options}),
	};
}

const messages = ({problems}: ReturnType<typeof loadSettings>) => problems.map(({message}) => message);

const entry = ({entries}: ReturnType<typeof loadSettings>, key: string) => entries.find(one => one.key === key);

test('without any file everything has its default', t => {
	const loaded = createPlace(t).load();
	assert.deepEqual(loaded.problems, []);
	assert.equal(loaded.settings.theme, 'midnight');
	assert.equal(loaded.settings.cost.hoursPerMonth, 720);
	assert.deepEqual(loaded.settings.plugins, {
		disabled: [],
		pausedTasks: [],
		allow: [],
		deny: [],
		disableLocalDiscovery: false,
		isolationOf: {},
		requireSigned: false,
		options: {},
	});
	assert.deepEqual(loaded.settings.secrets, {place: 'auto'});
	assert.deepEqual(entry(loaded, 'undoSeconds'), {key: 'undoSeconds', value: 10, source: 'default'});
});

test('a later source wins, and each entry says where its value comes from', t => {
	const place = createPlace(t);
	place.write('theme = "paper"\nundoSeconds = 5\n\n[defaults]\nprovider = "user"\nregion = "user"\nsize = "user"\n');
	const [outer, inner] = [join(place.repository, '.cws.toml'), join(place.folder, '.cws.toml')];
	place.write('theme = "mono"\n[defaults]\nprovider = "outer"\nregion = "outer"\n', outer);
	place.write('[defaults]\nregion = "inner"\n', inner);
	const loaded = place.load({
		environment: {CWS_THEME: 'from-variable', CWS_UNDO_SECONDS: '7'},
		flags: {theme: 'from-flag', keyPreset: 'vim'},
	});
	assert.deepEqual(loaded.problems, []);
	assert.deepEqual(
		['theme', 'undoSeconds', 'defaults.provider', 'defaults.region', 'defaults.size', 'keyPreset', 'readOnly'].map(key =>
			entry(loaded, key),
		),
		[
			{key: 'theme', value: 'from-flag', source: 'flag', from: '--theme'},
			{key: 'undoSeconds', value: 7, source: 'environment', from: 'CWS_UNDO_SECONDS'},
			{key: 'defaults.provider', value: 'outer', source: 'project', from: `${outer}:3`},
			{key: 'defaults.region', value: 'inner', source: 'project', from: `${inner}:2`},
			{key: 'defaults.size', value: 'user', source: 'user', from: `${place.user}:7`},
			{key: 'keyPreset', value: 'vim', source: 'flag', from: '--keyPreset'},
			{key: 'readOnly', value: false, source: 'default'},
		],
	);
	assert.equal(loaded.settings.defaults.region, 'inner');
});

test('a file above the repository does not hold in it, and without a repository only the own folder counts', t => {
	const place = createPlace(t);
	place.write('theme = "above"\n', join(place.root, '.cws.toml'));
	assert.equal(place.load().settings.theme, 'midnight');
	const plain = join(place.root, 'plain', 'folder');
	mkdirSync(plain, {recursive: true});
	place.write('theme = "parent"\n', join(place.root, 'plain', '.cws.toml'));
	assert.equal(place.load({cwd: plain}).settings.theme, 'midnight');
	place.write('theme = "own"\n', join(plain, '.cws.toml'));
	assert.equal(place.load({cwd: plain}).settings.theme, 'own');
});

test('a project file may not set what could harm, and the report names the line', t => {
	const place = createPlace(t);
	const file = join(place.folder, '.cws.toml');
	place.write(
		'theme = "mono"\nundoSeconds = 0\n[plugins]\ndisabled = ["local"]\n[plugins.local]\ncommand = "rm"\n[keys]\nquit = ["d"]\n',
		file,
	);
	const loaded = place.load();
	assert.equal(loaded.settings.theme, 'mono');
	assert.equal(loaded.settings.undoSeconds, 10);
	assert.deepEqual(loaded.settings.plugins.disabled, []);
	assert.deepEqual(loaded.settings.plugins.options, {});
	assert.deepEqual(loaded.settings.keys, {});
	assert.deepEqual(messages(loaded), [
		`\`undoSeconds\` at \`${file}:2\` is not taken from a project file.`,
		`\`plugins.disabled\` at \`${file}:4\` is not taken from a project file.`,
		`\`plugins.local\` at \`${file}:5\` is not taken from a project file.`,
		`\`keys\` at \`${file}:7\` is not taken from a project file.`,
	]);
});

test('an unknown key is named with file, line and the nearest valid key', t => {
	const place = createPlace(t);
	place.write('theme = "paper"\n\n[cost]\nhoursPerMont = 730\n\n[zebra]\nfoo = 1\n');
	const loaded = place.load();
	assert.equal(loaded.settings.theme, 'paper');
	assert.deepEqual(
		loaded.problems.map(({code, message, fix}) => [code, message, fix]),
		[
			['CWS_CONFIG', `\`cost.hoursPerMont\` at \`${place.user}:4\` is not a setting.`, 'did you mean `cost.hoursPerMonth`?'],
			['CWS_CONFIG', `\`zebra\` at \`${place.user}:6\` is not a setting.`, 'remove it; `cws config list` shows what there is'],
		],
	);
});

test('a wrong value falls back to the source before, with the line and what it takes', t => {
	const place = createPlace(t);
	place.write('undoSeconds = "soon"\ncost = 5\nplugins.disabled = "mock"\nkeyPreset = "emacs"\n[keys]\nquit = 3\n');
	const loaded = place.load({environment: {CWS_COST__CURRENCY: 'dollars', CWS_READ_ONLY: 'maybe'}});
	assert.equal(loaded.settings.undoSeconds, 10);
	assert.equal(loaded.settings.readOnly, false);
	assert.deepEqual(messages(loaded), [
		`\`undoSeconds\` at \`${place.user}:1\` is not a number from 0 to 3600.`,
		`\`cost\` at \`${place.user}:2\` is a table of settings, not a setting.`,
		`\`plugins.disabled\` at \`${place.user}:3\` is not a list of texts.`,
		`\`keyPreset\` at \`${place.user}:4\` is not one of \`default\`, \`k9s\`, \`vim\`.`,
		`\`keys.quit\` at \`${place.user}:6\` is not a list of keys, as \`["ctrl+r"]\`.`,
		'The variable `CWS_COST__CURRENCY` is not three capital letters, as `USD`.',
		'The variable `CWS_READ_ONLY` is not `true` or `false`.',
	]);
});

test('a syntax error names file, line and column and costs that file only', t => {
	const place = createPlace(t);
	place.write('theme = "paper"\nundoSeconds = = 3\n');
	const loaded = place.load({environment: {CWS_UNDO_SECONDS: '3'}});
	assert.equal(loaded.settings.theme, 'midnight');
	assert.equal(loaded.settings.undoSeconds, 3);
	assert.equal(loaded.problems.length, 1);
	assert.ok(loaded.problems[0]!.message.startsWith(`\`${place.user}:2:15\` is not TOML`), loaded.problems[0]!.message);
	assert.deepEqual(loaded.problems[0]!.details, {file: place.user, line: 2, column: 15});
});

test('a file that cannot be read is a problem, and a config file asked for must exist', t => {
	const place = createPlace(t);
	mkdirSync(place.user);
	assert.match(messages(place.load())[0]!, /cannot be read/);
	assert.match(messages(place.load({configFile: join(place.root, 'absent.toml')}))[0]!, /does not exist/);
	const other = join(place.root, 'other.toml');
	place.write('theme = "other"\n', other);
	assert.equal(place.load({configFile: other}).settings.theme, 'other');
});

test('the spellings of the seeds are the same keys', t => {
	const place = createPlace(t);
	place.write('disabled_plugins = ["a"]\nundo_seconds = 4\n[cost]\nhours-per-month = "calendar"\n');
	const {settings, problems} = place.load();
	assert.deepEqual(problems, []);
	assert.deepEqual([settings.undoSeconds, settings.cost.hoursPerMonth, settings.plugins.disabled], [4, 'calendar', ['a']]);
});

test('key bindings are read under the name of their command, nested or quoted', t => {
	const place = createPlace(t);
	place.write('[keys]\nresources.wide = ["w", "ctrl+w"]\n"resources.sort" = "s"\nquit = []\n');
	assert.deepEqual(place.load().settings.keys, {'resources.wide': ['w', 'ctrl+w'], 'resources.sort': ['s'], quit: []});
});

test('options of plugins come from tables and variables, field by field', t => {
	const place = createPlace(t);
	place.write(
		'[plugins.local]\nratePerHour = 1.5\nsince = 2026-01-02\n[plugins.options.my_plugin]\nurl = "x"\n[plugins.old]\nenabled = false\n',
	);
	const {settings, problems} = place.load({
		environment: {
			PLUGINS__MY_PLUGIN__API_KEY: 'abc',
			PLUGINS__LOCAL__RATE_PER_HOUR: '7',
			CWS_PLUGINS__LOCAL__RATE_PER_HOUR: '2.5',
			CWS_PLUGINS__LOCAL__LIMITS__MEMORY: '{"mb": 3}',
			CWS_PLUGINS__METRICS__ENABLED: 'false',
			CWS_PLUGINS__OLD__ENABLED: 'true',
		},
	});
	assert.deepEqual(problems, []);
	assert.deepEqual(settings.plugins.options, {
		// Texts of variables wait for the schema of the plugin.
		local: {ratePerHour: '2.5', since: '2026-01-02', limits: {memory: '{"mb": 3}'}},
		'my-plugin': {url: 'x', apiKey: 'abc'},
	});
	assert.deepEqual(settings.plugins.disabled, ['metrics']);
});

test('variables are read as what their setting takes; a near miss is reported, other programs are left alone', t => {
	const {settings, problems} = createPlace(t).load({
		environment: {
			CWS_HOME: '/x',
			CWS_READONLY: '1',
			CWS_COST__HOURS_PER_MONTH: '730',
			CWS_PLUGINS__DISABLED: 'a, b',
			CWS_THEM: 'paper',
			CWS_SOMETHING_ELSE_ENTIRELY: '1',
			CWS_THEME: '',
			HOME: '/home/ann',
		},
	});
	assert.deepEqual(
		[settings.readOnly, settings.cost.hoursPerMonth, settings.plugins.disabled, settings.theme],
		[true, 730, ['a', 'b'], 'midnight'],
	);
	assert.deepEqual(
		problems.map(({message, fix}) => [message, fix]),
		[['The variable `CWS_THEM` is not a setting.', 'did you mean `CWS_THEME`?']],
	);
});

test('escape codes in names and values cannot reach the screen', t => {
	const place = createPlace(t);
	place.write('"bad\\u001b[31m" = 1\ntheme = "\\u009b31m"\n');
	const loaded = place.load();
	// oxlint-disable-next-line no-control-regex
	assert.doesNotMatch(JSON.stringify(loaded.problems) + loaded.settings.theme, /\\u001b|[\u001B\u009B]/);
});

test('both switches turn the plugins of the working directory off, in the older spelling too', t => {
	const isOff = (environment: Readonly<Record<string, string>>) =>
		createPlace(t).load({environment}).settings.plugins.disableLocalDiscovery;
	assert.equal(isOff({}), false);
	assert.equal(isOff({CWS_PLUGINS_DISABLE_LOCAL_DISCOVERY: 'true'}), true);
	assert.equal(isOff({PLUGINS_DISABLE_LOCAL_DISCOVERY: 'true'}), true);
	const place = createPlace(t);
	for (const text of [
		'[plugins]\ndisable_local_discovery = true\n',
		'plugins_disable_local_discovery = true\n',
		'[plugins]\ndisableLocalDiscovery = true\n',
	]) {
		place.write(text);
		const loaded = place.load();
		assert.deepEqual(loaded.problems, []);
		assert.equal(loaded.settings.plugins.disableLocalDiscovery, true);
	}
});

test('which plugins may run is for the person to say, not for a file that comes with a folder', t => {
	const place = createPlace(t);
	place.write('[plugins]\nallow = ["acme"]\ndeny = ["zeta"]\n');
	place.write('[plugins]\nallow = ["*"]\ndeny = []\ndisable_local_discovery = false\n', join(place.repository, '.cws.toml'));
	const loaded = place.load();
	assert.deepEqual([loaded.settings.plugins.allow, loaded.settings.plugins.deny], [['acme'], ['zeta']]);
	assert.equal(loaded.problems.length, 3);
});

test('a project file of a trusted folder may set everything, the variables and flags still win', t => {
	const place = createPlace(t);
	place.write('[plugins.lab]\ntimeout = 1\nzone = "user"\nmode = "user"\nsize = "user"\n');
	place.write(
		'undoSeconds = 3\n[plugins.lab]\nzone = "project"\nmode = "project"\nsize = "project"\n',
		join(place.repository, '.cws.toml'),
	);
	const loaded = place.load({
		isTrusted: folder => folder === place.repository,
		environment: {CWS_PLUGINS__LAB__MODE: 'variable', CWS_PLUGINS__LAB__SIZE: 'variable'},
		pluginConfig: ['lab.size=flag', 'my_plugin.limits.memory=3'],
	});
	assert.deepEqual(loaded.problems, []);
	assert.equal(loaded.settings.undoSeconds, 3);
	assert.deepEqual(loaded.settings.plugins.options, {
		lab: {timeout: 1, zone: 'project', mode: 'variable', size: 'flag'},
		'my-plugin': {limits: {memory: '3'}},
	});
	assert.deepEqual(
		['timeout', 'zone', 'mode', 'size'].map(name => entry(loaded, `plugins.lab.${name}`)?.source),
		['user', 'project', 'environment', 'flag'],
	);
	assert.equal(place.load({isTrusted: folder => folder === place.root}).settings.undoSeconds, 10);
});

test('an option on the command line that is none is named', t => {
	const loaded = createPlace(t).load({pluginConfig: ['lab', 'lab=3', '.x=3']});
	assert.equal(loaded.problems.length, 3);
	assert.match(loaded.problems[0]!.fix!, /--plugin-config ID\.FIELD=VALUE/);
});

test('where plugins run and whether they must be signed is set for all, or for one', t => {
	const place = createPlace(t);
	place.write('[plugins]\nisolation = "process"\nrequire_signed = true\n[plugins.lab]\nisolation = "worker"\nzone = "a"\n');
	const {plugins} = place.load().settings;
	assert.deepEqual(
		[plugins.isolation, plugins.isolationOf, plugins.requireSigned, plugins.options],
		['process', {lab: 'worker'}, true, {lab: {zone: 'a'}}],
	);
	place.write('[plugins]\nisolation = "thread"\n');
	assert.match(messages(place.load())[0]!, /`plugins\.isolation` at `.+:2` is not one of `worker`, `process`/);
});

test('a plugin is enabled by default, and turned off among its options, also by a variable', t => {
	const place = createPlace(t);
	const disabled = (environment: Readonly<Record<string, string>>) => place.load({environment}).settings.plugins;
	assert.deepEqual(disabled({}).disabled, []);
	assert.deepEqual(disabled({PLUGINS__METRICS__ENABLED: 'false'}).disabled, ['metrics']);
	place.write('[plugins]\ndisabled = ["metrics"]\n');
	assert.deepEqual(disabled({PLUGINS__METRICS__ENABLED: 'true'}).disabled, []);
	assert.deepEqual(disabled({PLUGINS__METRICS__ENABLED: 'true'}).options, {});
});
