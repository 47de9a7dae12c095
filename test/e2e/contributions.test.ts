import assert from 'node:assert/strict';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {allowPlugins} from './support/allow-plugin.ts';
import {fill, openDashboard} from './support/dashboard.ts';
import {homeWithProcesses} from './support/processes.ts';
import {jsonOf, runCws} from './support/run-cws.ts';
import {freshHome} from './support/start-cws.ts';
import {stepsOf} from './support/steps.ts';

const midnight = JSON.parse(readFileSync(new URL('../../themes/midnight.json', import.meta.url), 'utf8')) as object;

const manifest = {
	title: 'Research analytics',
	kind: 'system',
	activation: ['onTask'],
	config: {type: 'object', properties: {team: {type: 'string', default: 'all'}}},
	contributes: {
		commands: [
			{name: 'analytics', short: 'Figures of use', aliases: ['stats']},
			{
				name: 'report',
				parent: 'analytics',
				usage: 'report <month> --type weekly',
				short: 'Make a report',
				flags: [{name: 'type', type: 'string', choices: ['weekly', 'monthly'], default: 'weekly'}],
				handler: 'report',
			},
			{name: 'deploy', short: 'Hides a verb', handler: 'report'},
			{name: 'lost', parent: 'nowhere', short: 'Has no parent', handler: 'report'},
		],
		flags: [{name: 'team', type: 'string', short: 'only this team'}],
		tasks: [{name: 'refresh', everySeconds: 3600, skipInitialRun: true, handler: 'refresh'}],
		themes: [{name: 'forest', title: 'Forest', theme: midnight}],
		templates: [
			{
				name: 'sleeper',
				text: 'name: A sleeper\ntype: vm\nprovider: local\nparameters: {seconds: {type: int, min: 1, default: 600}}\nfields: {command: "sleep {{seconds}}"}\n',
			},
			{name: 'napper', handler: 'napper'},
		],
	},
};

const code = `let config;
module.exports = {
	initialize(context) {
		config = context.config;
	},
	commands: {
		report: ({args, flags}) => ({
			text: 'report of ' + args[0] + ', ' + flags.type + ', ' + config.team + '\\nsecond line',
			data: [{team: 'genomics', hours: 12}, {team: 'a, b', hours: 3}],
			exitCode: args[0] === 'never' ? 7 : 0,
		}),
	},
	tasks: {refresh: () => {}},
	templates: {napper: () => 'name: A made nap\\ntype: vm\\nprovider: local\\nfields: {command: sleep 602}\\n'},
};`;

async function homeWithPlugin(t: TestContext): Promise<string> {
	const home = homeWithProcesses(t);
	await allowPlugins(home, [{id: 'analytics-lab', manifest, code}]);
	return home;
}

test('what a plugin contributes is in help and completion before any of its code runs', async t => {
	const home = freshHome(t);
	const folder = path.join(home, 'config/plugins/analytics-lab');
	const trace = path.join(home, 'it-ran');
	mkdirSync(folder, {recursive: true});
	writeFileSync(
		path.join(folder, 'plugin.json'),
		JSON.stringify({...manifest, id: 'analytics-lab', version: '1.0.0', api: 1, main: 'plugin.js', engines: {cws: '>=0.1.0'}}),
	);
	writeFileSync(path.join(folder, 'plugin.js'), `require('node:fs').writeFileSync(${JSON.stringify(trace)}, '');`);
	const say = async (...args: readonly string[]) => (await runCws(args, {home})).stdout;
	assert.match(await say('--help'), /commands of plugins\n {2}analytics +Figures of use\n/);
	assert.match(await say('analytics', '--help'), /commands\n {2}report +Make a report/);
	assert.match(await say('stats', 'report', '--help'), /--type VALUE +\(default weekly\) \(weekly, monthly\)/);
	assert.match(await say('completion', 'words', '--', 'analytics', 're'), /^report\tMake a report$/m);
	// Neither a worker nor the database was needed for it.
	assert.deepEqual([existsSync(trace), existsSync(path.join(home, 'data/cws.db'))], [false, false]);
	const refused = await runCws(['analytics', 'report', 'july'], {home});
	assert.deepEqual([refused.code, refused.stderr.split(':')[0]], [4, 'error CWS_PLUGIN_CONSENT']);
});

test('a plugin from outside brings commands, flags, a task, a theme and a template to the command line, and takes them with it', async t => {
	const step = stepsOf(t);
	const home = await homeWithPlugin(t);
	const cws = (...args: readonly string[]) => runCws(args, {home});

	await step('its command runs with words and flags, as text, table, CSV and JSON, and gives its exit code', async () => {
		const run = await cws('analytics', 'report', 'july', '--type', 'monthly', '--team', 'lab');
		assert.deepEqual([run.code, run.stdout], [0, 'report of july, monthly, lab\nsecond line\n'], run.stderr);
		assert.equal((await cws('stats', 'report', 'july', '-o', 'csv')).stdout, 'team,hours\ngenomics,12\n"a, b",3\n');
		assert.deepEqual(jsonOf(await cws('analytics', 'report', 'july', '--json')), [
			{team: 'genomics', hours: 12},
			{team: 'a, b', hours: 3},
		]);
		assert.equal((await cws('analytics', 'report', 'never')).code, 7);
		assert.match((await cws('analytics', 'report')).stderr, /CWS_USAGE: `cws analytics report` needs <month>/);
	});

	await step('what could not be taken is said by doctor and status', async () => {
		const {stdout} = await cws('doctor');
		assert.match(stdout, /The command `deploy` of `analytics-lab` is left out, as cws itself has that name/);
		assert.match(stdout, /The command `lost` of `analytics-lab` hangs under `nowhere`, which is not there/);
		assert.match((await cws('plugin', 'status', 'analytics-lab')).stdout, /hangs under `nowhere`/);
	});

	await step('its task runs now, its theme and its template are listed, and the template is launched', async () => {
		assert.equal((await cws('task', 'run', 'analytics-lab/refresh')).stdout, 'analytics-lab/refresh is done\n');
		assert.match((await cws('theme', 'list')).stdout, /^forest .* analytics-lab +Forest/m);
		assert.match((await cws('template', 'list')).stdout, /^sleeper +vm +analytics-lab +ready +seconds/m);
		assert.match((await cws('template', 'list')).stdout, /^napper +vm +analytics-lab +ready/m);
		const launched = await cws('launch', 'sleeper', 'nap-1', '--param', 'seconds=601', '--yes');
		assert.equal(launched.code, 0, launched.stderr);
		assert.match((await cws('show', 'nap-1', '--json')).stdout, /sleep 601/);
		assert.equal((await cws('destroy', 'nap-1', '--confirm', 'nap-1')).code, 0);
	});

	await step('without the plugin all of it is gone, and who asks hears why', async () => {
		await cws('plugin', 'disable', 'analytics-lab');
		const gone = await cws('analytics', 'report', 'july');
		assert.equal(gone.code, 2);
		assert.match(gone.stderr, /`analytics` is a command of the plugin `analytics-lab`, which is disabled/);
		assert.doesNotMatch((await cws('--help')).stdout, /analytics/);
		assert.doesNotMatch((await cws('theme', 'list')).stdout, /forest/);
		assert.doesNotMatch((await cws('template', 'list')).stdout, /sleeper|napper/);
		assert.match((await cws('list', '--team', 'lab')).stderr, /`--team` is not a flag of `cws list`/);
	});
});

test('a command of a plugin runs from the palette, and its template is offered where one deploys', async t => {
	const step = stepsOf(t);
	const pty = await openDashboard(t, {home: await homeWithPlugin(t)});

	await step('the palette finds it, asks for its words and shows what it prints', async () => {
		await pty.press(':');
		await pty.waitFor('Enter runs it');
		await fill(pty, 'make a report');
		await pty.waitFor('Make a report (analytics-lab)');
		await pty.press('enter');
		await pty.waitFor(': analytics report');
		await fill(pty, 'july --type monthly');
		await pty.waitFor('Run analytics report july --type monthly');
		await pty.press('enter');
		await pty.waitFor('report of july, monthly, all');
		await pty.waitFor('second line');
		await pty.press('esc');
		await pty.waitGone('second line');
	});

	await step('its theme is in the picker', async () => {
		await pty.press(':');
		await pty.waitFor('Enter runs it');
		await fill(pty, 'theme forest');
		await pty.waitFor('Theme Forest');
		await pty.press('esc');
		await pty.waitGone('Theme Forest');
	});

	await step('its template is in the first step of a deploy', async () => {
		await pty.press('n');
		await pty.waitFor('local/vm');
		await fill(pty, 'sleeper');
		await pty.waitFor(/sleeper +A sleeper +template · local\/vm/);
		await pty.press('enter');
		await pty.waitFor(/seconds +600/);
		await pty.press('esc');
		await pty.waitGone('─ Deploy ─');
	});

	await step('so is the one that its code makes', async () => {
		await pty.press('n');
		await pty.waitFor('local/vm');
		await fill(pty, 'napper');
		await pty.waitFor(/napper +A made nap +template · local\/vm/);
		await pty.press('esc');
		await pty.waitGone('─ Deploy ─');
	});

	await step('it is among the templates, and launched from there', async () => {
		await pty.press(':');
		await pty.waitFor('Enter runs it');
		await fill(pty, 'templates');
		await pty.waitFor('Open the templates');
		await pty.press('enter');
		await pty.waitFor(/─ Templates ─[^]*sleeper +vm +analytics-lab +● ready +A sleeper[^]*asks for +seconds +int · from 1 · default 600/);
		await pty.press('enter');
		await pty.waitFor(/A sleeper on local[^]*seconds +600/);
	});
});
