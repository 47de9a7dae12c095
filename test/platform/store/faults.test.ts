import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {test} from 'node:test';
import {openStore} from '../../../source/platform/store/open-store.ts';
import {systemClock} from '../../../source/platform/clock.ts';
import {openSession} from '../../../source/platform/store/session.ts';
import {toStoreFailure} from '../../../source/platform/store/sqlite-failure.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';
import {tempDir} from '../temp-dir.ts';
import {codeOf, openTestStore, operation, resource, source, valueOf} from './open-test-store.ts';
import {type Store} from '../../../source/core/ports/store.ts';

const saved = source(1000, [resource('web-1', 1000)]);

async function worksInMemory(store: Store): Promise<void> {
	valueOf(await store.saveSource(saved));
	assert.deepEqual(valueOf(await store.loadInventory()), [saved]);
}

test('nobody else may read the database', async t => {
	const file = join(tempDir(t), 'cws.db');
	const store = await openTestStore(t, file);
	valueOf(await store.saveSource(saved));
	assert.deepEqual(
		[file, `${file}-wal`].map(name => statSync(name).mode & 0o777),
		[0o600, 0o600],
	);
});

test('a file that is no database is set aside whole, replaced, and said so', async t => {
	const file = join(tempDir(t), 'cws.db');
	writeFileSync(file, 'this is not a database '.repeat(500));
	const store = await openTestStore(t, file, {clock: createFakeClock({now: Date.UTC(2026, 2, 4, 5, 6, 7)})});
	const aside = `${file}.corrupt-2026-03-04T05-06-07`;
	assert.equal(readFileSync(aside, 'utf8'), 'this is not a database '.repeat(500));
	assert.deepEqual(
		store.notices().map(({code}) => code),
		['CWS_STORE'],
	);
	assert.match(store.notices()[0]!.message, /was corrupt; a new one was made/);
	assert.ok(store.notices()[0]!.cause!.includes(aside));
	valueOf(await store.saveSource(saved));
	await store.close();

	const next = await openTestStore(t, file);
	assert.deepEqual(next.notices(), []);
	assert.deepEqual(valueOf(await next.loadInventory()), [saved]);
});

test('corruption that shows only later is set aside then, and the call answers from the new file', async t => {
	const file = join(tempDir(t), 'cws.db');
	const writer = await openTestStore(t, file);
	const rows = Array.from({length: 4000}, (_, index) => resource(`web-${index}`, 1000));
	valueOf(await writer.saveSource(source(1000, rows)));
	await writer.close();
	truncateSync(file, statSync(file).size / 2);

	const store = await openTestStore(t, file);
	assert.deepEqual(valueOf(await store.loadInventory()), []);
	assert.match(store.notices()[0]!.message, /was corrupt/);
	assert.equal(readdirSync(dirname(file)).filter(name => name.startsWith(`${basename(file)}.corrupt-`)).length, 1);
	valueOf(await store.saveSource(saved));
	assert.deepEqual(valueOf(await store.loadInventory()), [saved]);
});

test('a database of a newer cws is left alone', async t => {
	const file = join(tempDir(t), 'cws.db');
	const first = await openTestStore(t, file);
	valueOf(await first.saveSource(saved));
	await first.close();
	const database = new DatabaseSync(file);
	database.exec('INSERT INTO migration VALUES (999, 0)');
	database.close();
	const before = readFileSync(file);

	const store = await openTestStore(t, file);
	assert.deepEqual(
		store.notices().map(({code}) => code),
		['CWS_STORE_NEWER'],
	);
	assert.deepEqual(valueOf(await store.loadInventory()), []);
	await worksInMemory(store);
	await store.close();
	assert.deepEqual(readFileSync(file), before);
});

test('a directory that cannot be made leaves cws in memory', async t => {
	const directory = tempDir(t);
	writeFileSync(join(directory, 'occupied'), '');
	for (const file of [join(directory, 'occupied', 'data', 'cws.db'), '/proc/cws/cws.db']) {
		const store = await openTestStore(t, file);
		assert.deepEqual(
			store.notices().map(({code}) => code),
			['CWS_READ_ONLY'],
		);
		assert.match(store.notices()[0]!.message, /goes on in memory/);
		await worksInMemory(store);
	}
});

test('a directory in the place of the file leaves cws in memory', async t => {
	const file = join(tempDir(t), 'cws.db');
	mkdirSync(file);
	const store = await openTestStore(t, file);
	assert.deepEqual(
		store.notices().map(({code}) => code),
		['CWS_READ_ONLY'],
	);
	await worksInMemory(store);
});

test('a full disk fails the write, keeps what was there, and the next write works when there is space', t => {
	const session = openSession({file: join(tempDir(t), 'cws.db'), pid: process.pid, startTime: '', now: 0});
	t.after(() => {
		session.close();
	});
	const options = {now: 0, emit: () => assert.fail('nothing to send')};
	const insert = (bytes: number) => {
		session.run(({prepare, write}) => write(() => prepare('INSERT INTO audit (at, json) VALUES (0, ?)').run('x'.repeat(bytes))), options);
	};

	const limitTo = (pages: number) => session.run(({prepare}) => prepare(`PRAGMA max_page_count = ${pages}`).get(), options);
	const count = () => session.run(({prepare}) => prepare('SELECT count(*) AS count FROM audit').get()!['count'], options);
	insert(10);
	limitTo(1);
	assert.throws(
		() => {
			insert(1_000_000);
		},
		(error: unknown) => session.failureOf(error).code === 'CWS_DISK_FULL' && session.failureOf(error).retryable === true,
	);
	assert.equal(count(), 1);
	limitTo(100_000);
	insert(1_000_000);
	assert.equal(count(), 2);
});

test('a database that another program holds is a failure that may be tried again', t => {
	const file = join(tempDir(t), 'cws.db');
	const [holder, waiter] = [new DatabaseSync(file), new DatabaseSync(file, {timeout: 1})];
	holder.exec('BEGIN IMMEDIATE');
	try {
		waiter.exec('BEGIN IMMEDIATE');
		assert.fail('it is locked');
	} catch (error) {
		const {message, retryable} = toStoreFailure(error, file);
		assert.match(message, /locked by another program/);
		assert.equal(retryable, true);
	}

	holder.close();
	waiter.close();
});

test('several programs that make the database at the same moment all get it', async t => {
	const file = join(tempDir(t), 'cws.db');
	const stores = await Promise.all(Array.from({length: 4}, () => openTestStore(t, file)));
	assert.deepEqual(
		stores.flatMap(store => store.notices()),
		[],
	);
	const outcomes = await Promise.all(
		stores.map(store => store.appendEvents([{at: 1, type: 'a.b', level: 'info', subject: 'x', message: 'm'}])),
	);
	assert.equal(new Set(outcomes.map(outcome => valueOf(outcome)[0]!.seq)).size, 4);
});

test('a worker that cannot start is a notice and failures, never an exception', async t => {
	const store = await openStore({
		file: ':memory:',
		workerUrl: new URL('absent-worker.ts', import.meta.url),
		clock: createFakeClock(),
		pid: process.pid,
		startTime: '',
	});
	t.after(() => store.close());
	assert.deepEqual(
		store.notices().map(({code}) => code),
		['CWS_STORE'],
	);
	assert.equal(codeOf(await store.loadInventory()), 'CWS_STORE');
	assert.equal(codeOf(await store.saveSource(saved)), 'CWS_STORE');
});

test('calls after closing fail, and closing twice is fine', async t => {
	const store = await openTestStore(t, ':memory:');
	await Promise.all([store.close(), store.close()]);
	await store.close();
	assert.equal(codeOf(await store.loadInventory()), 'CWS_STORE');
	assert.deepEqual(store.notices(), []);
});

test('what a program saved survives its being killed, and its target and recorder are free', async t => {
	const file = join(tempDir(t), 'cws.db');
	const child = spawn(process.execPath, [new URL('hold-operation.ts', import.meta.url).pathname, file], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	t.after(() => child.kill('SIGKILL'));
	const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
	assert.equal(line, 'saved\n');
	const store = await openTestStore(t, file, {clock: systemClock});
	assert.equal(codeOf(await store.saveOperation(operation('mine'))), 'CWS_CONFLICT');
	assert.equal(valueOf(await store.claimRecorder()), false);

	const exit = once(child, 'exit');
	child.kill('SIGKILL');
	await exit;
	assert.deepEqual(
		valueOf(await store.readOperations({limit: 9})).map(({id}) => id),
		['held'],
	);
	valueOf(await store.saveOperation(operation('mine')));
	assert.equal(valueOf(await store.claimRecorder()), true);
});
