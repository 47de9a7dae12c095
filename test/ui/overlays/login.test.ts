import assert from 'node:assert/strict';
import {test} from 'node:test';
import {failure} from '../../../source/core/failure/failure.ts';
import {type Login} from '../../../source/engine/logins/find-login.ts';
import {lineText} from '../../../source/ui/components/line/line.ts';
import {type LoginOverlay, openLogin} from '../../../source/ui/overlays/login/login.ts';
import {viewLogin} from '../../../source/ui/overlays/login/view-login.ts';
import {type Driven, drive, refusal, reply} from './drive.ts';
import {key, typed, viewContext, viewState} from './layer-fixture.ts';

const lab: Login = {
	name: 'lab',
	id: 'lab',
	plugin: 'labs',
	key: 'user/labs',
	title: 'The lab',
	flows: ['device', 'manual'],
	handler: 'lab',
	secrets: ['token'],
};
const out = {login: 'lab', title: 'The lab', plugin: 'labs', state: 'out'};
const ada = {...out, state: 'in', account: 'ada', masked: 'acce…0001'};

const textOf = (state: Driven['state']): string => {
	const {title, header = [], body, footer = []} = viewLogin(state as LoginOverlay, viewContext(), viewState());
	return [title, ...[...header, ...body, ...footer].map(line => lineText(line))].join('\n');
};

/** A dialog that knows that nobody is in. */
function opened(logins = [lab]) {
	const dialog = openLogin(logins);
	const {tag} = dialog.state;
	return {dialog, status: reply(`${tag}:status:0`, out), run: `${tag}:run`, tag};
}

test('who is in is asked when it opens, and Enter right away does nothing', () => {
	const {dialog, status} = opened();
	assert.deepEqual(
		dialog.effects.map(effect => effect.type === 'run' && [effect.command, effect.input]),
		[['loginStatus', {login: 'labs/lab'}]],
	);
	assert.match(textOf(dialog.state), /Login of labs[^]*The lab[^]*asking/);
	const driven = drive(dialog, [status, key('enter')]);
	assert.equal(driven.state, undefined);
	assert.equal(driven.effects.length, 1);
});

test('a code is shown with its address until it is typed there, then who is in', () => {
	const {dialog, status, run} = opened();
	const begun = drive(dialog, [status, key('tab'), key('enter')]);
	assert.deepEqual(begun.effects.at(-1), {type: 'login', input: {login: 'labs/lab', flow: 'device'}, reply: run});
	const step = {kind: 'device', url: 'https://lab.example/activate', code: 'ABCD-EFGH', everySeconds: 5};
	const shown = drive({state: begun.state!, effects: []}, [reply(run, step, false), key('c'), key('o')]);
	assert.match(textOf(shown.state), /open +https:\/\/lab\.example\/activate\ntype +ABCD-EFGH/);
	assert.deepEqual(shown.effects, [
		{type: 'copy', text: 'ABCD-EFGH', label: 'the code'},
		{type: 'open', url: 'https://lab.example/activate'},
	]);
	const done = drive({state: shown.state!, effects: []}, [reply(run, ada)]);
	assert.match(textOf(done.state), /● logged in · as ada · token acce…0001[^]*Log in again +Renew +Log out/);
});

test('what is pasted is not on the screen and goes to the login that asked', () => {
	const {dialog, status, run} = opened();
	const begun = drive(dialog, [status, key('shift+tab'), key('right'), key('tab'), key('tab'), key('enter')]);
	assert.deepEqual(begun.effects.at(-1), {type: 'login', input: {login: 'labs/lab', flow: 'manual'}, reply: run});
	const step = {kind: 'manual', prompt: 'The key', secret: 'token'};
	const asked = drive({state: begun.state!, effects: []}, [reply(run, step, false), ...typed('sesame'), key('enter')]);
	assert.match(textOf(asked.state), /asks +The key[^]*••••••[^]*the plugin never sees it/);
	assert.ok(!textOf(asked.state).includes('sesame'));
	assert.deepEqual(asked.effects, []);
	const answered = drive({state: asked.state!, effects: []}, [key('tab'), key('tab'), key('enter')]);
	assert.deepEqual(answered.effects, [{type: 'answerLogin', reply: run, value: 'sesame'}]);
	assert.ok(!JSON.stringify(answered.state).includes('sesame'));
	const refused = drive({state: answered.state!, effects: []}, [
		refusal(run, failure('CWS_NEEDS_LOGIN', {message: 'The lab does not accept the key.', fix: 'log in again'})),
	]);
	assert.match(textOf(refused.state), /○ logged out[^]*does not accept the key/);
});

test('Esc gives a login up that waits for the person', () => {
	const {dialog, status, run} = opened();
	const begun = drive(dialog, [status, key('tab'), key('enter'), key('esc')]);
	assert.equal(begun.state, undefined);
	assert.deepEqual(begun.effects.at(-1), {type: 'cancel', reply: run});
});

test('of several logins of a plugin each is asked for itself, and a late answer to another is not taken', () => {
	const {dialog, status, tag} = opened([lab, {...lab, id: 'hpc', name: 'hpc', title: 'The cluster'}]);
	const turned = drive(dialog, [key('shift+tab'), key('shift+tab'), key('right'), status]);
	assert.deepEqual(turned.effects.at(-1), {type: 'run', command: 'loginStatus', input: {login: 'labs/hpc'}, reply: `${tag}:status:1`});
	assert.match(textOf(turned.state), /The cluster[^]*asking/);
});
