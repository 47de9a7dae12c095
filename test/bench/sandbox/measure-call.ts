import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import grpc from '@grpc/grpc-js';
import {startSupervised} from '../../host/start-supervised.ts';
import {echo} from './grpc-echo.ts';
import {type Measures, type Texts} from './measures.ts';

const rounds = 5;
const calls = 600;
const warmUp = 300;
const text = 'x'.repeat(200);

type Call = () => Promise<unknown>;

/** One small call and its answer, one after the other, beside what plugins of other programs are called with. */
export async function measureCall({bootstrap, code}: Texts): Promise<Measures['call']> {
	await using thread = await startSupervised({plugin: {code}, bootstrap});
	await using child = await startSupervised({plugin: {code}, bootstrap, isProcess: true});
	await using server = await startServer();
	const callers: Readonly<Record<keyof Measures['call'], Call>> = {
		sandbox: () => thread.call('health', {args: [text]}),
		child: () => child.call('health', {args: [text]}),
		grpc: server.call,
	};
	const times: Record<keyof Measures['call'], number[]> = {sandbox: [], child: [], grpc: []};
	for (let round = 0; round <= rounds; round++) {
		for (const name of ['sandbox', 'child', 'grpc'] as const) {
			for (let call = 0; call < (round === 0 ? warmUp : calls); call++) {
				const startedAt = performance.now();
				await callers[name]();
				if (round > 0) {
					times[name].push(performance.now() - startedAt);
				}
			}
		}
	}

	return times;
}

/** gRPC in a process of its own behind a unix socket, as such plugins run. */
async function startServer(): Promise<AsyncDisposable & {readonly call: Call}> {
	const folder = mkdtempSync(path.join(tmpdir(), 'cws-grpc-'));
	const address = `unix:${path.join(folder, 'socket')}`;
	const server = spawn(process.execPath, ['--no-warnings', fileURLToPath(new URL('grpc-echo.ts', import.meta.url)), address], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	await once(server.stdout, 'data');
	const Client = grpc.makeGenericClientConstructor(echo, 'Echo');
	const client = new Client(address, grpc.credentials.createInsecure());
	const health = (client as unknown as Record<string, (input: unknown, done: (error: Error | null, answer: unknown) => void) => void>)[
		'health'
	]!;
	return {
		call: () =>
			new Promise((resolve, reject) => {
				health.call(client, {method: 'health', args: [text]}, (error, answer) => (error === null ? resolve(answer) : reject(error)));
			}),
		async [Symbol.asyncDispose]() {
			client.close();
			server.kill('SIGKILL');
			await once(server, 'exit');
			rmSync(folder, {recursive: true, force: true});
		},
	};
}
