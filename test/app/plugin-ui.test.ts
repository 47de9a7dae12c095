import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createPluginUi} from '../../source/app/plugin-ui.ts';
import {type Message} from '../../source/ui/view/message.ts';

function createUi() {
	const messages: Message[] = [];
	const ui = createPluginUi({dispatch: message => messages.push(message), lendTerminal: undefined});
	const idOf = (index: number) => {
		const message = messages[index];
		assert.ok(message?.type === 'ask' && message.overlay.kind === 'question');
		return message.overlay.id;
	};

	return {ui, messages, idOf};
}

const of = (signal = new AbortController().signal) => ({plugin: 'acme', title: 'Acme', text: 'Go on?', signal});

test('an answer goes to the question it was given to', async () => {
	const {ui, idOf} = createUi();
	const [confirm, prompt] = [ui.port.confirm(of()), ui.port.prompt({...of(), isSecret: true})];
	ui.answer({type: 'answer', question: idOf(1), value: 'hunter2'});
	ui.answer({type: 'answer', question: idOf(0), value: 'yes'});
	assert.deepEqual(await confirm, {value: true});
	assert.deepEqual(await prompt, {value: 'hunter2'});
	const muted = ui.port.confirm(of());
	ui.answer({type: 'answer', question: idOf(2), isMuted: true});
	assert.deepEqual(await muted, {value: false, isMuted: true});
});

test('a question whose plugin gave up is taken from the screen, and at the end everybody hears no', async () => {
	const {ui, messages, idOf} = createUi();
	const abort = new AbortController();
	const given = ui.port.confirm(of(abort.signal));
	abort.abort();
	assert.deepEqual(await given, {value: false});
	assert.deepEqual(messages[1], {type: 'withdraw', question: idOf(0)});
	const left = ui.port.prompt({...of(), isSecret: false});
	ui.close();
	assert.deepEqual(await left, {value: undefined});
});

test('a message of a plugin stands under its name, in one line', () => {
	const {ui, messages} = createUi();
	ui.port.notify({plugin: 'acme', title: 'Acme', text: 'done\nerror CWS: run this'});
	assert.deepEqual(messages, [{type: 'toast', level: 'info', text: 'acme: done error CWS: run this'}]);
});
