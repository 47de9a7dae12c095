import assert from 'node:assert/strict';
import {mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test, type TestContext} from 'node:test';
import {codeOf, openTestStore, resource, source, valueOf} from './open-test-store.ts';

const tempDir = (t: TestContext): string => {
	const directory = mkdtempSync(join(tmpdir(), 'cws-store-'));
	t.after(() => rmSync(directory, {recursive: true, force: true}));
	return directory;
};

test('what a store without a thread saves, another one reads, also many rows in parts', async t => {
	const file = join(tempDir(t), 'cws.db');
	const rows = Array.from({length: 1234}, (_, index) => resource(`web-${index}`, 5));
	const here = await openTestStore(t, file, {isHere: true});
	valueOf(await here.saveSource(source(5, rows)));
	const [event] = valueOf(await here.appendEvents([{at: 1, type: 'a.b', level: 'info', subject: 'x', message: 'm'}]));
	await here.close();
	const thread = await openTestStore(t, file);
	assert.deepEqual(valueOf(await thread.loadInventory()), [source(5, rows)]);
	assert.deepEqual(valueOf(await thread.readEvents({limit: 5})), [event]);
	const again = await openTestStore(t, file, {isHere: true});
	assert.deepEqual(valueOf(await again.loadInventory()), [source(5, rows)]);
});

test('without a thread too a file that is no database is set aside and said so', async t => {
	const directory = tempDir(t);
	const file = join(directory, 'cws.db');
	writeFileSync(file, 'this is no database, it is a letter to somebody else, '.repeat(100));
	const store = await openTestStore(t, file, {isHere: true});
	assert.deepEqual(
		store.notices().map(({code}) => code),
		['CWS_STORE'],
	);
	assert.ok(readdirSync(directory).some(name => name.includes('.corrupt-')));
	assert.deepEqual(valueOf(await store.loadInventory()), []);
});

test('without a thread too calls after closing fail, and closing twice is fine', async t => {
	const store = await openTestStore(t, ':memory:', {isHere: true});
	await Promise.all([store.close(), store.close()]);
	assert.equal(codeOf(await store.loadInventory()), 'CWS_STORE');
	assert.deepEqual(store.notices(), []);
});
