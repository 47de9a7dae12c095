import assert from 'node:assert/strict';
import {test} from 'node:test';
import {loadValidator} from '../../../source/core/schema/validate.ts';
import {type TemplateRow} from '../../../source/engine/templates/template-library.ts';
import {lineText} from '../../../source/ui/components/line/line.ts';
import {type DeployOverlay} from '../../../source/ui/overlays/deploy/deploy-state.ts';
import {openDeploy} from '../../../source/ui/overlays/deploy/open-deploy.ts';
import {viewDeploy} from '../../../source/ui/overlays/deploy/view-deploy.ts';
import {drive, type Driven, reply, runs} from './drive.ts';
import {engineState, key, typed, viewContext, viewState} from './layer-fixture.ts';

const row = (name: string, more: Partial<TemplateRow> = {}): TemplateRow => ({
	name,
	title: `The ${name}`,
	place: 'user',
	file: `/templates/${name}.yml`,
	own: {},
	resolved: {type: 'vm', provider: 'local', parameters: {port: {type: 'int', min: 1024, max: 65_535, required: true}}},
	type: 'vm',
	isLaunchable: true,
	problems: [],
	...more,
});

const context = viewContext(engineState(), {validate: await loadValidator()});
const templates = reply('deploy:templates', [
	row('webserver'),
	row('broken', {isLaunchable: false}),
	row('elsewhere', {resolved: {type: 'vm', provider: 'mars'}}),
]);
const deployOf = ({state}: Driven) => state as DeployOverlay;
type KeyLike = Parameters<typeof drive>[1][number];
const textOf = (driven: Driven) => viewDeploy(deployOf(driven), context, viewState()).body.map(line => lineText(line));

test('the first step asks for templates and offers those that can be launched', () => {
	const opened = openDeploy(context);
	assert.deepEqual(opened.effects, [{type: 'templates', reply: 'deploy:templates'}]);
	const lines = textOf(drive(opened, [templates]));
	assert.ok(
		lines.some(line => line.includes('webserver') && line.includes('The webserver') && line.includes('template · local/vm')),
		lines.join('\n'),
	);
	assert.ok(!lines.some(line => /broken|elsewhere/.test(line)));
});

test('the first step says how many templates have a mistake, and what the list cut of the row under the cursor', () => {
	const problem = {message: '`feilds` is not a field', file: '/templates/broken.yml', line: 3, column: 1};
	const long = 'A title that is far longer than anything that fits beside the rest';
	const said = (rows: readonly TemplateRow[], ...more: readonly KeyLike[]) =>
		viewDeploy(deployOf(drive(openDeploy(context), [reply('deploy:templates', rows), ...more])), context, viewState())
			.footer!.map(line => lineText(line))
			.join('\n');
	assert.doesNotMatch(said([row('webserver')]), /mistake/);
	assert.match(said([row('broken', {isLaunchable: false, problems: [problem]})]), /▲ one template has a mistake · :templates says where/);
	const two = [
		row('broken', {problems: [problem]}),
		row('worse', {problems: [problem]}),
		row('under', {problems: [problem], hiddenBy: 'broken'}),
	];
	assert.match(said(two), /▲ 2 templates have mistakes/);
	const list = textOf(drive(openDeploy(context), [reply('deploy:templates', [row('webserver', {title: long})])]));
	assert.ok(
		list.some(line => /webserver +A title that is far long.*… template · local\/vm/.test(line)),
		list.join('\n'),
	);
});

test('a template asks for its name and parameters only, and is planned and run with them', () => {
	const picked = drive(openDeploy(context), [templates, ...typed('webs'), key('enter')]);
	assert.deepEqual([deployOf(picked).step, deployOf(picked).template?.name], ['fields', 'webserver']);
	assert.deepEqual(Object.keys(deployOf(picked).form.values), ['@name', 'port']);
	const low = drive(
		{state: deployOf(picked), effects: []},
		[...typed('web-2'), key('tab'), ...typed('80'), ...[1, 2, 3].map(() => key('tab')), key('enter')],
		context,
	);
	assert.equal(deployOf(low).step, 'fields');
	const planned = drive(
		{state: deployOf(picked), effects: []},
		[...typed('web-2'), key('tab'), ...typed('8080'), ...[1, 2, 3].map(() => key('tab')), key('enter')],
		context,
	);
	const input = {provider: 'local', type: 'vm', name: 'web-2', fields: {}, template: 'webserver', parameters: {port: 8080}};
	assert.deepEqual(planned.effects, [{type: 'plan', command: 'deploy', input, reply: 'deploy:plan:1'}]);
	const sent = drive(
		{state: deployOf(planned), effects: []},
		[reply('deploy:plan:1', {cli: 'cws deploy', lines: [], hoursPerMonth: 720}), key('tab'), key('tab'), key('enter')],
		context,
	);
	assert.deepEqual(
		runs(sent).map(effect => effect.type === 'run' && effect.input),
		[input],
	);
});

test('going back from a template to another pair forgets it', () => {
	const picked = drive(openDeploy(context), [templates, ...typed('webs'), key('enter'), key('tab'), key('tab'), key('tab'), key('enter')]);
	assert.equal(deployOf(picked).step, 'where');
	const other = drive({state: deployOf(picked), effects: []}, [
		...Array.from({length: 4}, () => key('backspace')),
		...typed('awsd'),
		key('enter'),
	]);
	assert.deepEqual([deployOf(other).target?.key, deployOf(other).template], ['aws/database', undefined]);
});
