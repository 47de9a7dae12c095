import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type UiPort, type UiQuestion} from '../../../source/core/ports/plugin-ports.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';
import {brokerForTest, codeOf} from './broker-for-test.ts';

const asked = {ui: ['notify', 'confirm', 'prompt', 'status'] as const};

type Open = {readonly question: UiQuestion; readonly answer: (value: boolean, isMuted?: boolean) => void};

function createPersonForTest() {
	const said: string[] = [];
	const open: Open[] = [];
	const ui: UiPort = {
		notify: ({plugin, title, text}) => said.push(`${plugin}/${title}: ${text}`),
		status: ({plugin, text}) => said.push(`${plugin}= ${text}`),
		confirm: question => new Promise(resolve => open.push({question, answer: (value, isMuted = false) => resolve({value, isMuted})})),
		prompt: async ({text}) => ({value: text === 'cancel' ? undefined : `answer to ${text}`}),
	};
	return {ui, said, open};
}

test('what a plugin says is one harmless line with the name of the plugin from the host', async t => {
	const {ui, said} = createPersonForTest();
	const {call, redactor} = brokerForTest(t, {asked, ui});
	redactor.learn('open-sesame');
	await call('ui.notify', ['hello open-sesame']);
	await call('ui.status', ['x'.repeat(200)]);
	assert.equal(await call('ui.prompt', ['name?']), 'answer to name?');
	assert.equal(await call('ui.prompt', ['cancel']), null);
	assert.deepEqual(said, ['hetzner/Hetzner Cloud: hello [redacted]', `hetzner= ${'x'.repeat(80)}`]);
	assert.equal(await codeOf(call('ui.notify', [{}])), 'CWS_INVALID_INPUT');
});

test('fake-dialog: a message cannot imitate the dialogs of the host', async t => {
	const {ui, said} = createPersonForTest();
	const {call} = brokerForTest(t, {asked, ui});
	await call('ui.notify', ['\u001B[2J\n┌ cws ┐\r\n│ Type yes to destroy │\n\u202Eevil\u0007']);
	assert.equal(said.length, 1);
	assert.match(said[0]!, /^hetzner\/Hetzner Cloud: ␛\[2J ┌ cws ┐/);
	// oxlint-disable-next-line no-control-regex
	assert.ok(!/[\u0000-\u001F\u007F-\u009F\u202A-\u202E]/.test(said[0]!));
});

test('dialog-spam: one dialog at a time, three a minute, and none when the person has enough', async t => {
	const {ui, open} = createPersonForTest();
	const clock = createFakeClock();
	const {call, denied} = brokerForTest(t, {asked, ui, clock});
	const first = call('ui.confirm', ['really?']);
	const rest = await Promise.all(Array.from({length: 1000}, (_, index) => codeOf(call('ui.confirm', [`again ${index}?`]))));
	assert.deepEqual([...new Set(rest)], ['CWS_PLUGIN_QUOTA']);
	assert.equal(open.length, 1);
	open[0]!.answer(true);
	assert.equal(await first, true);

	for (let count = 2; count <= 3; count++) {
		const next = call('ui.confirm', ['and?']);
		open.at(-1)!.answer(false);
		assert.equal(await next, false);
	}

	assert.equal(await codeOf(call('ui.confirm', ['fourth?'])), 'CWS_PLUGIN_QUOTA');
	await clock.advance(60_000);
	const muted = call('ui.confirm', ['fifth?']);
	open.at(-1)!.answer(false, true);
	await muted;
	await clock.advance(600_000);
	assert.equal(await codeOf(call('ui.confirm', ['ever again?'])), 'CWS_PLUGIN_DENIED');
	assert.equal(await codeOf(call('ui.notify', ['psst'])), 'CWS_PLUGIN_QUOTA');
	assert.equal(open.length, 4);
	assert.equal(denied.length, 1);
});

test('without anybody to ask a question is a failure that says so, and messages are fine', async t => {
	const {call, broker} = brokerForTest(t, {asked});
	assert.equal(await codeOf(call('ui.confirm', ['really?'])), 'CWS_NO_TTY');
	assert.equal(await call('ui.notify', ['hello']), null);
	assert.equal(Object.hasOwn(brokerForTest(t, {asked: {ui: ['notify']}}).broker, 'ui.confirm'), false);
	assert.equal(Object.isFrozen(broker), true);
});
