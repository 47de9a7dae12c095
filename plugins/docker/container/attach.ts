import {type Duplex} from 'node:stream';
import {
	type AttachOptions,
	type CallContext,
	type Connection,
	providerError,
	type ResourceTarget,
	type TerminalInput,
	type TerminalOutput,
} from 'cws/sdk';
import {type DockerClient} from '../client/create-client.ts';
import {demultiplex} from '../client/demultiplex.ts';
import {speaks} from '../client/engine.ts';
import {numberAt, textAt} from '../read.ts';
import {type DockerState} from '../state.ts';
import {type Found, needContainer} from './read.ts';

/** bash where the image has one; what every shell understands otherwise. */
const defaultShell: readonly string[] = ['/bin/sh', '-c', 'command -v bash >/dev/null && exec bash || exec sh'];

/** Whether a session can be opened; the bytes come with `attach`. */
export async function connectContainer(state: DockerState, target: ResourceTarget, {signal}: CallContext): Promise<Connection> {
	await needRunning(state, target, signal);
	return {kind: 'stream', title: target.name};
}

async function needRunning(state: DockerState, target: ResourceTarget, signal: AbortSignal): Promise<Found> {
	const found = await needContainer(state, target, signal);
	if (found.resource.status !== 'running') {
		const isPaused = found.resource.status === 'hibernated';
		throw providerError('CWS_INVALID_STATE', {
			message: `\`${target.name}\` ${isPaused ? 'is paused' : 'is not running'}.`,
			fix: isPaused ? 'resume it' : 'start it',
		});
	}

	return found;
}

type Call = CallContext & {readonly input: AsyncIterable<TerminalInput>};

/** Runs a shell or a command inside and carries its bytes, until it ends. Closing the connection makes the engine end it. */
export async function* attachContainer(
	state: DockerState,
	target: ResourceTarget,
	{columns, rows, command = defaultShell, isTerminal = true}: AttachOptions,
	{input, signal}: Call,
): AsyncGenerator<TerminalOutput> {
	const {client} = await needRunning(state, target, signal);
	const engine = await client.engine(signal);
	const created = await client.ask({
		method: 'POST',
		path: `/containers/${target.id}/exec`,
		body: {
			AttachStdin: true,
			AttachStdout: true,
			AttachStderr: true,
			Tty: isTerminal,
			Cmd: command,
			...(isTerminal && {Env: [`TERM=${state.context.world.env['TERM'] ?? 'xterm-256color'}`]}),
		},
		doing: `run a command in \`${target.name}\``,
		signal,
	});
	const id = textAt(created.value, 'Id');
	if (id === undefined || !/^[0-9a-f]{64}$/.test(id)) {
		throw providerError('CWS_PROVIDER_FAILED', {message: `\`${client.endpoint.account}\` gave no session for \`${target.name}\`.`});
	}

	const resize = async (size: {readonly columns: number; readonly rows: number}) => resizeSession(client, id, size, signal);
	const withSize = isTerminal && speaks(engine, '1.42') && {ConsoleSize: [rows, columns]};
	const socket = await client.hijack({
		path: `/exec/${id}/start`,
		body: {Detach: false, Tty: isTerminal, ...withSize},
		doing: `open \`${target.name}\``,
		signal,
	});
	const onAbort = () => socket.destroy();
	signal.addEventListener('abort', onAbort, {once: true});
	try {
		if (isTerminal) {
			await resize({columns, rows});
		}

		void sendInput(socket, input, resize);
		for await (const bytes of isTerminal ? bytesOf(socket) : withoutFrames(socket)) {
			yield {data: Buffer.from(bytes).toString('base64')};
		}
	} finally {
		signal.removeEventListener('abort', onAbort);
		socket.destroy();
	}

	const exitCode = await exitCodeOf(client, id, signal);
	if (exitCode !== undefined) {
		yield {exitCode};
	}
}

async function sendInput(
	socket: Duplex,
	input: AsyncIterable<TerminalInput>,
	resize: (size: {readonly columns: number; readonly rows: number}) => Promise<void>,
): Promise<void> {
	try {
		for await (const item of input) {
			if (!('data' in item)) {
				await resize(item);
			} else if (!socket.write(Buffer.from(item.data, 'base64'))) {
				await new Promise(resolve => {
					socket.once('drain', resolve).once('close', resolve);
				});
			}
		}

		socket.end();
	} catch {
		socket.destroy();
	}
}

// A session that is over, or has not quite begun, has no size. Docker answers 200, Podman 201.
async function resizeSession(
	client: DockerClient,
	id: string,
	{columns, rows}: {readonly columns: number; readonly rows: number},
	signal: AbortSignal,
): Promise<void> {
	await client
		.ask({method: 'POST', path: `/exec/${id}/resize`, query: {h: rows, w: columns}, doing: 'tell the size of the terminal', signal})
		.catch(() => {});
}

async function* bytesOf(socket: Duplex): AsyncGenerator<Uint8Array> {
	try {
		yield* socket as AsyncIterable<Uint8Array>;
	} catch (error) {
		// The far end often just goes when its program has ended.
		if (!(error instanceof Error && 'code' in error)) {
			throw error;
		}
	}
}

async function* withoutFrames(socket: Duplex): AsyncGenerator<Uint8Array> {
	for await (const {bytes} of demultiplex(bytesOf(socket))) {
		yield bytes;
	}
}

async function exitCodeOf(client: DockerClient, id: string, signal: AbortSignal): Promise<number | undefined> {
	if (signal.aborted) {
		return undefined;
	}

	const {status, value} = await client.ask({path: `/exec/${id}/json`, doing: 'read how it ended', signal, accept: [404]});
	return status === 404 ? undefined : numberAt(value, 'ExitCode');
}
