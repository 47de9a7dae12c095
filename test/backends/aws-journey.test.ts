import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {profileText} from '../../plugins/aws/test/aws-for-test.ts';
import {startQueryServer} from '../../plugins/aws/test/query-server.ts';
import {fill, openDashboard, pressAndDraw, pressButton, rowOf, selectRow, waitForRow} from '../e2e/support/dashboard.ts';
import {freshHome} from '../e2e/support/start-cws.ts';
import {stepsOf} from '../e2e/support/steps.ts';

test('an instance lives its whole life by keyboard', async t => {
	await using server = await startQueryServer();
	const step = stepsOf(t);
	const home = freshHome(t);
	server.cloud.looks = 1;
	server.cloud.alias = 'company-prod';
	mkdirSync(path.join(home, 'config'), {recursive: true});
	mkdirSync(path.join(home, '.aws'));
	writeFileSync(path.join(home, 'config/config.toml'), 'undoSeconds = 1\n');
	writeFileSync(path.join(home, '.aws/config'), profileText('default', 'AKIATEST', `region = us-east-1\nendpoint_url = ${server.url}`));
	const pty = await openDashboard(t, {home, env: {PATH: process.env['PATH'] ?? '', HOME: home}});
	const state = () => server.cloud.instances[0]?.state;

	await step('the form knows what types cost, and makes a plan that names the account', async () => {
		await pty.press('n');
		await pty.waitFor('aws/vm');
		await pty.type('aws/vm');
		await pty.waitFor(/❯ aws\/vm +│[^●]+● aws\/vm [^●]+ Cancel /);
		await pty.press('enter');
		await pty.waitFor('Name  ');
		await fill(pty, 'web-1');
		// There are more fields than buttons: from the other side it is nearer.
		await pressAndDraw(pty, 'shift+tab');
		await pressButton(pty, 'Plan');
		await pty.waitFor('company-prod (111122223333)');
		assert.equal(state(), undefined);
		await pressButton(pty, 'Deploy');
		await waitForRow(pty, 'web-1', '● running');
		assert.equal(state(), 'running');
		assert.equal(server.cloud.instances[0]?.type, 't3.micro');
	});

	await step('stopping and starting are what AWS says too', async () => {
		await selectRow(pty, 'web-1');
		await pty.press('a');
		await pty.waitFor('Hibernate');
		await pty.press('x');
		await waitForRow(pty, 'web-1', '○ stopped');
		assert.equal(state(), 'stopped');
		await pty.press('a');
		await pty.waitFor('Hibernate');
		await pty.press('s');
		await waitForRow(pty, 'web-1', '● running');
		assert.equal(state(), 'running');
	});

	await step('destroying names the account once more and takes it', async () => {
		await selectRow(pty, 'web-1');
		await pty.press('D');
		await pty.waitFor('company-prod (111122223333)');
		await pty.waitFor('Type the name to confirm');
		await pty.type('web-1');
		await pty.waitFor('Enter presses the focused button');
		await pressButton(pty, 'Destroy');
		await pty.waitUntil(() => rowOf(pty, 'web-1') === '', 'the row to go');
		assert.equal(state(), 'terminated');
	});
});
