import assert from 'node:assert/strict';
import {test} from 'node:test';
import {failure} from '../../../source/core/failure/failure.ts';
import {Screen, updateScreen} from '../../../source/ui/screens/registry.ts';
import {openAudit} from '../../../source/ui/screens/audit/audit.ts';
import {openCost} from '../../../source/ui/screens/cost/cost.ts';
import {openDescribe} from '../../../source/ui/screens/describe/open-describe.ts';
import {openErrors} from '../../../source/ui/screens/errors/errors.ts';
import {openLogs} from '../../../source/ui/screens/logs/logs.ts';
import {openPlugin} from '../../../source/ui/screens/plugin/plugin.ts';
import {type ScreenState} from '../../../source/ui/screens/screen.ts';
import {openTasks} from '../../../source/ui/screens/tasks/tasks.ts';
import {createTheme} from '../../../source/ui/theme/create-theme.ts';
import {loadThemes} from '../../../source/ui/theme/load-themes.ts';
import {type ViewContext} from '../../../source/ui/view/context.ts';
import {type LayerEvent} from '../../../source/ui/overlays/overlay.ts';
import {renderScreen} from '../../helpers/screen.tsx';
import {amount} from '../../../source/core/money/money.ts';
import {sampleResource, sampleSource} from '../helpers/samples.ts';
import {reply} from '../overlays/drive.ts';
import {engineState, gpu, key, now, plugins, viewContext, viewState, web} from '../overlays/layer-fixture.ts';

const broken = failure('CWS_PROVIDER_FAILED', {
	message: 'Image `nope:1` was not found.',
	cause: 'the registry answered 404',
	fix: 'try another tag',
});
const context = viewContext(
	engineState({
		operations: [
			{
				id: 'one',
				action: 'deploy',
				provider: 'aws',
				type: 'vm',
				name: 'bad-image',
				state: 'failed',
				expects: ['running'],
				requestedAt: now - 12_000,
				updatedAt: now - 2000,
				endedAt: now - 9000,
				error: broken,
				cli: 'cws deploy vm bad-image --provider aws',
				origin: 'tui',
				pid: 1,
				input: {},
			},
		],
		notices: [failure('CWS_CONFIG', {message: '`refreshSecond` is not a setting.', cause: 'config.toml:4'})],
		logs: [{at: now, plugin: 'local', level: 'warn', message: 'disk is 91 % full'}],
	}),
);

async function draw(state: ScreenState, events: readonly LayerEvent[] = [], size = {columns: 120, rows: 36}, at: ViewContext = context) {
	const view = viewState({size});
	const driven = events.reduce((current, event) => updateScreen(current, event, at, view).state!, state);
	const screen = renderScreen(
		<Screen state={driven} context={at} view={view} theme={createTheme(loadThemes()[0]!, 3)} width={size.columns} height={size.rows} />,
		size,
	);
	await screen.settled();
	return screen;
}

const has = async (state: ScreenState, events: readonly LayerEvent[], ...words: readonly (string | RegExp)[]) => {
	const screen = await draw(state, events);
	for (const word of words) {
		assert.ok(typeof word === 'string' ? screen.text().includes(word) : word.test(screen.text()), `${word}\n${screen.framed()}`);
	}

	screen.unmount();
};

test('a description has status, place, addresses, cost with its parts, load, tags and the timeline', async () => {
	await has(
		openDescribe(gpu).state,
		[
			reply(`describe:events:${gpu.ref}`, [
				{seq: 1, at: now, type: 'instance.launched', level: 'info', subject: 'x', message: 'running after 41 s'},
			]),
		],
		'● running',
		'aws · prod (123456789012) · us-east-1',
		'10.0.3.17:22',
		'$1.0171/h  $732.31/month (720 h)',
		'gp3 100 GB',
		'71 %',
		'genomics',
		/instance\.launched\s+running after 41 s/,
	);
});

test('YAML and JSON show every field', async () => {
	await has(openDescribe(gpu, 'yaml').state, [], 'name: genomics-gpu', /vpc: vpc-1\n|vpc: vpc-1 /, '- a', 'status: running');
	await has(openDescribe(gpu, 'json').state, [], '"name": "genomics-gpu",', '"vpc": "vpc-1"');
});

test('a wrapped log breaks long lines and keeps the newest in sight', async () => {
	const text = `${'word '.repeat(40)}end`;
	const events = [
		reply(
			`logs:${web.ref}`,
			Array.from({length: 50}, (_, index) => ({stream: 'stdout', text: `${index} ${text}`})),
			false,
		),
	];
	await has(openLogs(web).state, [...events, key('w')], /49 word/, /word end/, '● following · wrapped');
	await has(openLogs(web).state, events, /49 word [^\n]*…/, '50 lines');
});

test('a log without lines says so instead of being blank', async () => {
	await has(openLogs(web).state, [], 'waiting for the first line');
	await has(openLogs(web).state, [reply(`logs:${web.ref}`, [], true)], 'It has not written anything yet.', '○ ended');
});

test('errors say what, why and what to do', async () => {
	await has(
		openErrors().state,
		[],
		'`refreshSecond` is not a setting.',
		'config.toml:4',
		'deploy bad-image',
		'try another tag',
		'CWS_PROVIDER_FAILED',
		// What the header counts and nobody failed at is named too.
		/\d errors?/,
	);
	const calm = await draw(openErrors().state, [], undefined, viewContext());
	assert.match(calm.text(), /Nothing failed\./);
	calm.unmount();
});

test('what needs attention without being an error stands below the errors, so that both agree with the header', async () => {
	const failing = {...web, status: 'failed' as const, statusReason: 'image `nope:1` not found'};
	const slow = plugins.map((record, index) =>
		index === 0 ? {...record, health: {status: 'warn' as const, output: 'answers slowly'}} : record,
	);
	const sources = [sampleSource([failing], {provider: 'local'})];
	const screen = await draw(openErrors().state, [], undefined, viewContext(engineState({plugins: slow, sources})));
	assert.match(screen.text(), /no error · 2 warnings/);
	assert.match(screen.text(), new RegExp(`▲ ${slow[0]!.id} [^]*answers slowly[^]*▲ local/${web.name} [^]*image \`nope:1\` not found`));
	screen.unmount();
});

test('a plugin that sleeps says what is not here', async () => {
	const absent = 'nothing of it is here: no ~/.ssh/config';
	const asleep = {...plugins[0]!, state: 'discovered' as const, absent};
	const screen = await draw(openPlugin(asleep).state, [], undefined, viewContext(engineState({plugins: [asleep]})));
	assert.match(screen.text(), /asleep +nothing of it is here: no\s/);
	screen.unmount();
});

test('a plugin that runs and was not measured yet is not said to stand still', async () => {
	const {usage: _, ...fresh} = plugins[0]!;
	const screen = await draw(openPlugin(fresh).state, [], undefined, viewContext(engineState({plugins: [fresh]})));
	assert.match(screen.text(), /not measured yet/);
	assert.doesNotMatch(screen.text(), /it does not run/);
	screen.unmount();
});

test('the top spenders name their providers whole', async () => {
	const dear = sampleResource({name: 'climate-sim-19', provider: 'altocloud', hourly: amount(3.679)});
	const screen = await draw(openCost().state, [], {columns: 80, rows: 24}, viewContext(engineState({sources: [sampleSource([dear])]})));
	assert.match(screen.text(), /climate-sim-19 +altocloud +\$3\.6790\/h/);
	screen.unmount();
});

test('tasks show how far each came, and the error of the one under the cursor', async () => {
	await has(
		openTasks(context).state,
		[],
		/deploy\s+bad-image\s+aws\s+3\.0 s\s+✖ failed/,
		'the registry answered 404',
		'cws deploy vm bad-image --provider aws',
		'r run again',
	);
});

test('the audit log has its columns, and says when it is empty', async () => {
	const record = {
		seq: 1,
		at: now,
		command: 'destroy',
		origin: 'tui',
		user: 'ada',
		pid: 1,
		target: 'aws/lab',
		outcome: 'denied',
		error: 'CWS_DENIED',
		input: {},
	};
	await has(openAudit().state, [reply('audit:read', [record])], /ada\s+tui\s+destroy\s+denied\s+aws\/lab\s+CWS_DENIED/);
	await has(openAudit().state, [reply('audit:read', [])], 'Nobody has changed anything yet.');
});

test('the cost view counts its holes and names what is billed while stopped', async () => {
	await has(
		openCost().state,
		[],
		'≥ $1.03/h',
		'a month is 720 h',
		'$62.10',
		'$3,120.00',
		/genomics-gpu\s+aws\s+\$1\.0171\/h/,
		/old-notebook\s+aws stopped\s+still \$7\.99\/month \(720 h\)/,
		/fold-17\s+slurm job\s+no rate is set/,
	);
});

test('a plugin shows health with its history, worker, use, offers and log', async () => {
	await has(
		openPlugin({id: 'local'}).state,
		[],
		'● pass',
		'●●●◐●●●●',
		'generation 1',
		'18 MB',
		'p50 4 ms · p95 31 ms',
		'local/vm',
		'disk is 91 % full',
	);
	const failed = viewContext(engineState({plugins: [{...plugins[0]!, state: 'failed', stage: 'initialize', error: broken}]}));
	const screen = await draw(openPlugin({id: 'local'}).state, [], undefined, failed);
	assert.match(screen.text(), /Failed at initialize[^]*try another tag/);
	screen.unmount();
});

test('every screen fills exactly its box on every size', async () => {
	const states = [openAudit(), openCost(), openDescribe(gpu), openErrors(), openLogs(web), openPlugin({id: 'local'}), openTasks(context)];
	for (const size of [
		{columns: 200, rows: 60},
		{columns: 80, rows: 24},
		{columns: 40, rows: 12},
	]) {
		for (const {state} of states) {
			const screen = await draw(state, [], size);
			const rows = screen.rows();
			const message = `${state.kind}\n${screen.framed()}`;
			assert.equal(rows.length, size.rows, message);
			assert.match(rows[0]!, /^╭.*╮$/, message);
			assert.match(rows.at(-1)!, /^╰─*╯$/, message);
			assert.ok(
				rows.slice(1, -1).every(row => row.startsWith('│') && /[│▴▾]$/.test(row.trimEnd()) && row.trimEnd().length <= size.columns),
				message,
			);
			screen.unmount();
		}
	}
});
