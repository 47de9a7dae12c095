import {spawn} from 'node:child_process';
import {accessSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {type AddressInfo, connect, createServer, type Server} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {Transform} from 'node:stream';
import {freePort} from '../ssh/sshd.ts';
import {until} from './until.ts';

const program = '/usr/bin/docker-registry';

/** Who may use the closed registry. */
export const login = {user: 'cws', password: 'open sesame'} as const;
// The same as bcrypt, the only form that the registry takes.
const htpasswd = 'cws:$2y$05$3Fq0atBMfbGCqL0V0kwrUe0UiREcezQP9EsfgTRB2z8TbB50fNKqW';

const bytesPerTick = 131_072;
const tickMs = 25;

/** A real registry on loopback, in a directory of its own, behind three doors; each is `127.0.0.1:PORT`. */
export type Registry = {
	/** For everybody. */
	readonly open: string;
	/** The same images at five megabytes a second, so that there is something to see. */
	readonly slow: string;
	/** The same images for who logs in. */
	readonly closed: string;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** Starts a registry, or says why there is none. */
export async function startRegistry(): Promise<Registry | {readonly skip: string}> {
	try {
		accessSync(program, constants.X_OK);
	} catch {
		return {skip: 'docker-registry is not installed'};
	}

	const directory = mkdtempSync(path.join(tmpdir(), 'cws-registry-'));
	writeFileSync(path.join(directory, 'htpasswd'), `${htpasswd}\n`);
	const [open, closed] = [await serve(directory, 'open'), await serve(directory, 'closed')];
	const slow = await startSlowDoor(open.port);
	return {
		open: `127.0.0.1:${open.port}`,
		slow: `127.0.0.1:${(slow.address() as AddressInfo).port}`,
		closed: `127.0.0.1:${closed.port}`,
		async [Symbol.asyncDispose]() {
			slow.close();
			await Promise.all([open.stop(), closed.stop()]);
			rmSync(directory, {recursive: true, force: true});
		},
	};
}

type Serving = {readonly port: number; readonly stop: () => Promise<void>};

async function serve(directory: string, name: 'open' | 'closed'): Promise<Serving> {
	const port = await freePort();
	const images = path.join(directory, 'images');
	mkdirSync(images, {recursive: true});
	const config = {
		version: 0.1,
		log: {level: 'warn', accesslog: {disabled: true}},
		storage: {filesystem: {rootdirectory: images}},
		http: {addr: `127.0.0.1:${port}`},
		...(name === 'closed' && {auth: {htpasswd: {realm: 'cws', path: path.join(directory, 'htpasswd')}}}),
	};
	const file = path.join(directory, `${name}.yml`);
	// JSON is YAML.
	writeFileSync(file, JSON.stringify(config));
	const child = spawn(program, ['serve', file], {stdio: 'ignore'});
	const ended = new Promise<void>(resolve => {
		child.once('exit', () => resolve());
	});
	await until(
		async () => fetch(`http://127.0.0.1:${port}/v2/`).then(({status}) => status, String),
		answer => answer === 200 || answer === 401,
	);
	return {
		port,
		async stop() {
			child.kill('SIGTERM');
			await ended;
		},
	};
}

/** Passes on what comes, but the answers only so fast. */
async function startSlowDoor(port: number): Promise<Server> {
	const server = createServer(client => {
		const registry = connect(port, '127.0.0.1');
		client.pipe(registry);
		registry.pipe(slowly()).pipe(client);
		client.on('error', () => registry.destroy());
		client.on('close', () => registry.destroy());
		registry.on('error', () => client.destroy());
	});
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return server;
}

const slowly = (): Transform =>
	new Transform({
		highWaterMark: bytesPerTick,
		transform(chunk: Buffer, _encoding, done) {
			setTimeout(() => done(null, chunk), (chunk.length / bytesPerTick) * tickMs);
		},
	});
