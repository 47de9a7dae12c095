import assert from 'node:assert/strict';
import {test} from 'node:test';
import {startQueryServer} from '../../plugins/aws/test/query-server.ts';
import {rowOf, selectRow, waitForRow} from '../e2e/support/dashboard.ts';
import {startCws} from '../e2e/support/start-cws.ts';
import {stepsOf} from '../e2e/support/steps.ts';

test('the recorded fleet is a demo: marked as one, alive, and nobody is asked whatever keys there are', async t => {
	await using server = await startQueryServer();
	const step = stepsOf(t);
	const env = {AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'secret', AWS_ENDPOINT_URL: server.url};
	const pty = startCws(t, ['demo', '--fleet', 'aws'], {columns: 140, rows: 48, env});

	await step('it shows machines, databases and volumes nobody uses, with what they cost and what has no price', async () => {
		await pty.waitFor(/DEMO +35 resources/);
		await waitForRow(pty, 'web-1', '● running');
		assert.match(rowOf(pty, 'notebook-ada'), /◑/);
		assert.match(rowOf(pty, 'wiki-before-upgrade'), /volume +○ stopped +500 GB gp2.*49\.32/);
		assert.match(rowOf(pty, 'licence-server'), /\?/);
	});

	await step('what is stopped stops, and the dialog of a destroy names the account', async () => {
		await selectRow(pty, 'queue');
		await pty.press('a');
		await pty.waitFor('Hibernate');
		await pty.press('x');
		await waitForRow(pty, 'queue', '○ stopped');
		await selectRow(pty, 'web-1');
		await pty.press('D');
		await pty.waitFor('acme-production (111122223333)');
	});

	assert.deepEqual(server.calls, []);
});
