import assert from 'node:assert/strict';
import {test} from 'node:test';
import {loadValidator} from '../../../source/core/schema/validate.ts';
import {type TemplateRow} from '../../../source/engine/templates/template-library.ts';
import {lineText} from '../../../source/ui/components/line/line.ts';
import {isTemplateOff, openTemplates, type TemplatesScreen, updateTemplates} from '../../../source/ui/screens/templates/templates.ts';
import {viewTemplates} from '../../../source/ui/screens/templates/view-templates.ts';
import {type LayerUpdate} from '../../../source/ui/overlays/overlay.ts';
import {type ScreenState} from '../../../source/ui/screens/screen.ts';
import {reply} from '../overlays/drive.ts';
import {engineState, key, viewContext, viewState} from '../overlays/layer-fixture.ts';

const row = (name: string, more: Partial<TemplateRow> = {}): TemplateRow => ({
	name,
	title: `The ${name}`,
	place: 'user',
	file: `/templates/${name}.yml`,
	own: {},
	resolved: {type: 'vm', provider: 'local', parameters: {port: {type: 'int', min: 1024, default: 8080}}},
	type: 'vm',
	isLaunchable: true,
	problems: [],
	...more,
});

const rows = [
	row('web'),
	row('broken', {
		isLaunchable: false,
		problems: [
			{message: '`feilds` is not a known field.', fix: 'Did you mean `fields`?', file: '/templates/broken.yml', line: 6, column: 1},
		],
	}),
	row('base', {isLaunchable: false, own: {abstract: true}}),
	row('martian', {type: 'rover', resolved: {type: 'rover'}}),
];
const context = viewContext(engineState(), {validate: await loadValidator()});
const view = viewState({size: {columns: 80, rows: 24}});

function screen(...keys: readonly string[]) {
	const events = [reply('templates:rows', rows), ...keys.map(name => key(name))];
	let state: TemplatesScreen = openTemplates().state;
	let last: LayerUpdate<ScreenState> = {state};
	for (const event of events) {
		last = updateTemplates(state, event, context, view);
		state = last.state?.kind === 'templates' ? last.state : state;
	}

	const {header = [], body, footer = []} = viewTemplates(state, context, view, {width: 76, height: 20});
	return {state, last, text: [...header, ...body, ...footer].map(line => lineText(line).trimEnd()).join('\n')};
}

test('every template is listed with where it stands, also what cannot be launched', () => {
	const {text} = screen();
	assert.match(text, /^NAME +TYPE +FROM +STATUS +TITLE\nweb +vm +user +● ready +The web\nbroken +vm +user +▲ 1 problem +The broken\n/);
	assert.match(text, /\nbase +vm +user +○ abstract /);
	assert.match(text, /asks for {2}port {2}int · from 1024 · default 8080\nfile +\/templates\/web\.yml\nlaunch +cws launch web NAME/);
});

test('a mistake is named with its line and what would mend it', () => {
	assert.match(screen('down').text, /▲ broken\.yml:6:1 {2}`feilds` is not a known field\.\n {2}Did you mean `fields`\?/);
});

test('enter opens the form of the template, and only says why where it cannot be launched', () => {
	const {last} = screen('enter');
	assert.equal(last.overlay?.kind === 'deploy' && `${last.overlay.step} ${last.overlay.template?.name}`, 'fields web');
	for (const [keys, reason] of [
		[['down'], /broken: it has to be mended first/],
		[['down', 'down'], /base: it is made to be inherited/],
		[['G'], /martian: no plugin that runs deploys a rover/],
	] as const) {
		const off = screen(...keys, 'enter');
		assert.equal(off.last.overlay, undefined);
		assert.match(JSON.stringify(off.last.effects), reason);
		assert.equal(isTemplateOff(off.state, 'templates.launch', context), true);
	}

	assert.equal(isTemplateOff(screen().state, 'templates.launch', context), false);
});

test('a refresh reads the files again, and an empty library says where they go', () => {
	assert.deepEqual(screen('ctrl+r').last.effects, [{type: 'templates', reply: 'templates:rows'}]);
	const empty = updateTemplates(openTemplates().state, reply('templates:rows', []), context, view).state as TemplatesScreen;
	assert.match(
		viewTemplates(empty, context, view, {width: 76, height: 20})
			.body.map(line => lineText(line))
			.join('\n'),
		/No template yet\. Put a YAML file into the folder `templates`/,
	);
});
