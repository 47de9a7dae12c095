import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type JsonSchema} from '../../../../source/core/schema/json.ts';
import {type InputEvent} from '../../../../source/keymap/key-event.ts';
import {schemaFields} from '../../../../source/ui/components/form/form-field.ts';
import {formLines} from '../../../../source/ui/components/form/form-lines.ts';
import {createForm, formJson, type FormState, refitForm} from '../../../../source/ui/components/form/form-state.ts';
import {formStops, updateForm} from '../../../../source/ui/components/form/update-form.ts';
import {lineText} from '../../../../source/ui/components/line/line.ts';
import {key, typed} from '../../overlays/layer-fixture.ts';

const schema: JsonSchema = {
	type: 'object',
	required: ['command'],
	'x-order': ['command', 'port'],
	properties: {
		env: {type: 'object', additionalProperties: {type: 'string'}, 'x-advanced': true},
		args: {type: 'array', items: {type: 'string'}, 'x-advanced': true},
		port: {type: 'integer', default: 8080},
		command: {type: 'string', title: 'Command', examples: ['python3 -m http.server']},
		shell: {type: 'string', enum: ['sh', 'bash', 'zsh'], default: 'bash'},
		tier: {type: 'string', enum: ['a', 'b']},
		isPublic: {type: 'boolean'},
	},
};
const fields = schemaFields(schema, {});
const fresh = createForm(fields, {});
const run = (form: FormState, focus: string, ...events: readonly InputEvent[]): FormState =>
	events.reduce((form, event) => updateForm(form, fields, focus, event) ?? form, form);

test('fields come in the order the schema wants, the rest after them', () => {
	assert.deepEqual(
		fields.map(({key, kind}) => `${key} ${kind}`),
		['command text', 'port number', 'env pairs', 'args list', 'shell choice', 'tier choice', 'isPublic boolean'],
	);
});

test('a fresh form shows the defaults and leaves them to the plugin, as it leaves out what is empty', () => {
	assert.deepEqual(fresh.values.port, {kind: 'text', field: {value: '8080', cursor: 4, isSelected: true}});
	assert.deepEqual(formJson(fields, fresh), {});
	const needed = schemaFields({...schema, required: ['port']}, {});
	assert.deepEqual(formJson(needed, createForm(needed, {})), {port: 8080});
});

test('advanced fields wait behind `more`', () => {
	assert.deepEqual(formStops(fields, fresh), ['command', 'port', 'shell', 'tier', 'isPublic', 'more']);
	const shown = run(fresh, 'more', key('space'));
	assert.deepEqual(formStops(fields, shown).slice(-3), ['more', 'env:0', 'args:0']);
	assert.deepEqual(formStops(fields, run(shown, 'more', key('enter'))), formStops(fields, fresh));
});

test('a number replaces its default and stays a text when it is none', () => {
	assert.equal(formJson(fields, run(fresh, 'port', ...typed('9000'))).port, 9000);
	assert.equal(formJson(fields, run(fresh, 'port', ...typed('90x'))).port, '90x');
	assert.equal(formJson(fields, run(fresh, 'port', key('ctrl+u'))).port, undefined);
});

test('a choice turns with the arrows and jumps to a letter; one that is not needed can be left out', () => {
	assert.equal(formJson(fields, run(fresh, 'shell', key('right'))).shell, 'zsh');
	assert.equal(formJson(fields, run(fresh, 'shell', key('left'))).shell, 'sh');
	assert.equal(formJson(fields, run(fresh, 'shell', ...typed('z'))).shell, 'zsh');
	assert.equal(formJson(fields, fresh).tier, undefined);
	assert.equal(formJson(fields, run(fresh, 'tier', key('right'))).tier, 'a');
	assert.equal(updateForm(fresh, fields, 'shell', key('enter')), undefined);
});

test('what is unavailable here is shown with its reason and stepped over', () => {
	const choices = {shell: [{value: 'sh'}, {value: 'bash', unavailable: '`bash` is not installed'}, {value: 'zsh'}]};
	const known = schemaFields(schema, choices);
	const form = refitForm(run(fresh, 'command', ...typed('make')), fields, known);
	assert.equal(formJson(known, form).command, 'make');
	const turned = updateForm({...form, values: {...form.values, shell: {kind: 'choice', index: 0}}}, known, 'shell', key('right'))!;
	assert.equal(formJson(known, turned).shell, 'zsh');
	const {lines} = formLines({fields: known, form: turned, focus: 'shell', problems: [], width: 70});
	assert.match(lines.map(line => lineText(line)).join('\n'), /bash\s+`bash` is not installed/);
});

test('KEY=value lines grow as they are typed and a pasted block becomes as many', () => {
	const shown = run(fresh, 'more', key('space'));
	const one = run(shown, 'env:0', ...typed('A=1'));
	assert.ok(formStops(fields, one).includes('env:1'));
	const pasted = run(one, 'env:1', {type: 'paste', text: 'B=2\nC=x=y\n'});
	assert.deepEqual(formJson(fields, pasted).env, {A: '1', B: '2', C: 'x=y'});
	assert.deepEqual(formJson(fields, run(shown, 'args:0', ...typed('-v'))).args, ['-v']);
});

test('yes and no turn with space, and an untouched one is left out', () => {
	assert.equal(formJson(fields, fresh).isPublic, undefined);
	assert.equal(formJson(fields, run(fresh, 'isPublic', key('space'))).isPublic, true);
	assert.equal(formJson(fields, run(fresh, 'isPublic', key('space'), key('space'))).isPublic, false);
});

test('a problem stands beside its field once a person was there', () => {
	const problems = [{field: 'port', message: 'must be at most 65535'}];
	const text = (form: FormState) =>
		formLines({fields, form, focus: 'command', problems, width: 78})
			.lines.map(line => lineText(line))
			.join('\n');
	assert.doesNotMatch(text(fresh), /at most/);
	assert.match(text(run(fresh, 'port', ...typed('70000'))), /must be at most 65535/);
});

test('the anchor is the line with the focus', () => {
	for (const focus of formStops(fields, fresh)) {
		const {lines, anchor} = formLines({fields, form: fresh, focus, problems: [], width: 60});
		const label = focus === 'more' ? '2 more fields' : (fields.find(({key}) => key === focus)?.label ?? '');
		assert.ok(lineText(lines[anchor]!).includes(label), `${focus}: ${lineText(lines[anchor]!)}`);
	}
});

test('a label as long as half a sentence is read whole, and where there is no room for it, below the field', () => {
	const title = 'Seconds between TERM and KILL';
	const long = schemaFields({type: 'object', properties: {grace: {type: 'integer', title, description: 'How long it may take'}}}, {});
	const draw = (width: number) =>
		formLines({fields: long, form: createForm(long, {}), focus: 'grace', problems: [], width}).lines.map(lineText);
	assert.match(draw(78)[0]!, /^Seconds between TERM and KILL {2}/);
	assert.deepEqual(
		draw(78)
			.slice(1)
			.map(line => line.trim()),
		['How long it may take'],
	);
	assert.match(draw(50)[0]!, /^Seconds between TERM… /);
	assert.match(
		draw(50)
			.slice(1)
			.map(line => line.trim())
			.join(' '),
		/^Seconds between TERM and KILL: How long it may take$/,
	);
});
