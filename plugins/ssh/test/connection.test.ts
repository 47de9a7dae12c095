import assert from 'node:assert/strict';
import {chmodSync, mkdtempSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {suite, test} from 'node:test';
import {sshArguments} from '../connection/arguments.ts';
import {controlDirectory, socketOf} from '../connection/control-directory.ts';
import {createGate} from '../connection/gate.ts';
import {createLogins} from '../connection/logins.ts';
import {troubleOf} from '../connection/trouble.ts';
import {isDue} from '../probe/due.ts';

const options = {connectSeconds: 8, keepSeconds: 120, socket: '/run/s'};

suite('the words given to ssh', () => {
	test('never loosen the check of host keys and never let ssh ask in a batch', () => {
		const words = sshArguments({name: 'a', isProbed: true}, options, 'batch').join(' ');
		assert.doesNotMatch(words, /StrictHostKeyChecking|UserKnownHostsFile/);
		assert.match(words, /BatchMode=yes/);
		assert.match(words, /ControlPath=\/run\/s/);
	});

	test('leave a connection the person shares as it is, and a session of theirs its tunnels', () => {
		const resolved = {address: 'a', user: '', port: 22, gateway: 'a:22', isShared: true};
		const words = sshArguments({name: 'a', isProbed: true, resolved}, options, 'interactive').join(' ');
		assert.doesNotMatch(words, /ControlPath|BatchMode|ClearAllForwardings/);
	});
});

suite('the last words of ssh', () => {
	const of = (stderr: string, code = 255) => troubleOf('lab', {stdout: '', stderr, code, isTimedOut: false});

	test('tell an unknown key from a changed one, and neither from a wrong login', () => {
		assert.equal(of('Host key verification failed.\r\n')?.kind, 'host key');
		assert.match(of('@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.')?.reason ?? '', /not the one/);
		assert.equal(of('ada@lab: Permission denied (publickey,password).')?.kind, 'needs login');
		assert.match(of('ada@lab: Permission denied (publickey).')?.fix ?? '', /ssh lab/);
	});

	test('tell when it is simply away', () => {
		for (const words of [
			'ssh: connect to host lab port 22: Connection refused',
			'ssh: connect to host lab port 22: No route to host',
			'ssh: connect to host lab port 22: Connection timed out',
			'ssh: Could not resolve hostname lab: Name or service not known',
			'kex_exchange_identification: Connection closed by remote host',
		]) {
			assert.equal(of(words)?.kind, 'unreachable', words);
		}
	});

	test('tell one who says nothing from one who does not stop talking', () => {
		const given = (stdout: string, isTimedOut: boolean) => troubleOf('lab', {stdout, stderr: '', code: undefined, isTimedOut});
		assert.equal(given('', true)?.kind, 'unreachable');
		assert.match(given('cws-probe 1\n', true)?.reason ?? '', /does not end/);
		assert.match(given('gpu gpu', false)?.reason ?? '', /does not end/);
	});

	test('are no trouble when the remote command failed by itself', () => {
		assert.equal(of('no such file', 2), undefined);
	});
});

suite('the gate', () => {
	const never = new AbortController().signal;

	test('lets in so many of a key at once and the others in their order', async () => {
		const gate = createGate(2);
		let inside = 0;
		let most = 0;
		const order: number[] = [];
		await Promise.all(
			Array.from({length: 7}, async (_, index) =>
				gate('one', never, async () => {
					inside++;
					most = Math.max(most, inside);
					order.push(index);
					await new Promise(setImmediate);
					inside--;
				}),
			),
		);
		assert.equal(most, 2);
		assert.deepEqual(order, [0, 1, 2, 3, 4, 5, 6]);
	});

	test('gives the place on after a failure, and forgets who gave up waiting', async () => {
		const gate = createGate(1);
		const first = Promise.withResolvers<void>();
		const running = gate('one', never, async () => first.promise);
		const cancel = new AbortController();
		const waiting = gate('one', cancel.signal, async () => 'never');
		cancel.abort(new Error('gave up'));
		await assert.rejects(waiting, /gave up/);
		first.reject(new Error('broke'));
		await assert.rejects(running, /broke/);
		assert.equal(await gate('one', never, async () => 'in'), 'in');
	});
});

suite('a login under way', () => {
	const {signal} = new AbortController();
	const closed = () => false;

	test('is waited for by whoever wants the same machine, until it ends or the connection is there, and by nobody else', async () => {
		const logins = createLogins();
		const first = Promise.withResolvers<string>();
		const running = logins.during('lab', async () => first.promise);
		await logins.settled('other', closed, signal);
		let isThere = false;
		const order: string[] = [];
		const second = logins.settled('lab', closed, signal).then(() => order.push('after its end'));
		const third = logins.settled('lab', () => isThere, signal).then(() => order.push('when it is there'));
		isThere = true;
		await third;
		first.resolve('in');
		assert.equal(await running, 'in');
		await second;
		assert.deepEqual(order, ['when it is there', 'after its end']);
	});

	test('that fails lets the next one try, and who gives up does not wait', async () => {
		const logins = createLogins();
		await assert.rejects(
			logins.during('lab', async () => {
				throw new Error('refused');
			}),
		);
		await logins.settled('lab', closed, signal);
		const never = Promise.withResolvers<void>();
		const running = logins.during('lab', async () => never.promise);
		await assert.rejects(logins.settled('lab', closed, AbortSignal.abort(new Error('gave up'))), /gave up/);
		never.resolve();
		await running;
	});
});

test('a machine that wants a login is not knocked at every poll, and at once when a connection is open', () => {
	const refused = {trouble: {kind: 'needs login', reason: ''}, at: 0, failures: 1} as const;
	assert.equal(isDue(refused, 60_000, false), false);
	assert.equal(isDue(refused, 300_000, false), true);
	assert.equal(isDue(refused, 60_000, true), true);
	const away = {trouble: {kind: 'unreachable', reason: ''}, at: 0, failures: 1} as const;
	assert.equal(isDue(away, 15_000, false), true);
	assert.equal(isDue({...away, failures: 4}, 60_000, false), false);
	assert.equal(isDue({...away, failures: 40}, 120_000, false), true);
});

test('the directory of sockets is ours alone and short, and one that others can enter is refused', () => {
	const place = mkdtempSync(path.join(tmpdir(), 'cws-'));
	try {
		const directory = controlDirectory('/some/very/long/directory/of/a/person/.local/share/cws/plugins/ssh', {XDG_RUNTIME_DIR: place});
		assert.equal(statSync(directory).mode & 0o777, 0o700);
		assert.ok(socketOf(directory, 'a'.repeat(255)).length + 17 < 108);
		chmodSync(directory, 0o755);
		assert.throws(
			() => controlDirectory('/some/very/long/directory/of/a/person/.local/share/cws/plugins/ssh', {XDG_RUNTIME_DIR: place}),
			/ours alone/,
		);
	} finally {
		rmSync(place, {recursive: true, force: true});
	}
});
