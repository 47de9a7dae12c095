import {rmSync} from 'node:fs';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {type FakeContainer, routesOf, type Send} from './fake-answers.ts';

/** Answers instead of the engine; true when it did. */
export type Interceptor = (request: IncomingMessage, response: ServerResponse, path: string) => boolean;

/** A small engine that speaks enough of the Engine API for tests where no real one is. */
export type FakeEngine = {
	readonly url: string;
	readonly containers: Map<string, FakeContainer>;
	readonly volumes: Map<string, Readonly<Record<string, string>>>;
	readonly images: Set<string>;
	/** Method and path of every question, oldest first, without the version. */
	readonly asked: readonly string[];
	readonly headers: Record<string, string>;
	intercept: Interceptor | undefined;
	readonly emit: (event: object) => void;
	/** As many as follow the events. */
	readonly followers: () => number;
	/** Ends without a word, as by a kill. */
	readonly die: () => Promise<void>;
	readonly listen: () => Promise<void>;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

export async function startFakeEngine(socket: string): Promise<FakeEngine> {
	const containers = new Map<string, FakeContainer>();
	const volumes = new Map<string, Readonly<Record<string, string>>>();
	const images = new Set(['busybox:1', 'sleepy:latest']);
	const asked: string[] = [];
	const followers = new Set<ServerResponse>();
	const headers: Record<string, string> = {'api-version': '1.41', server: 'Docker/20.10.24 (linux)', ostype: 'linux'};

	const emit = (event: object) => {
		for (const response of followers) {
			response.write(`${JSON.stringify(event)}\n`);
		}
	};

	const tell = (id: string, ...actions: string[]) => {
		for (const action of actions) {
			emit({Type: 'container', Action: action, Actor: {ID: id, Attributes: {}}});
		}
	};

	const handle = async (request: IncomingMessage, response: ServerResponse) => {
		const url = new URL(request.url ?? '/', 'http://engine');
		const path = decodeURI(url.pathname.replace(/^\/v1\.\d+/, ''));
		asked.push(`${request.method} ${path}`);
		for (const [name, value] of Object.entries(headers)) {
			response.setHeader(name, value);
		}

		const parts: Buffer[] = [];
		for await (const part of request) {
			parts.push(part as Buffer);
		}

		if (fake.intercept?.(request, response, path)) {
			return;
		}

		const send: Send = (status, value) => {
			response.writeHead(status, {'content-type': 'application/json'});
			response.end(value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value));
		};
		for (const {pattern, answer} of routesOf({containers, volumes, images, followers, tell})) {
			const match = pattern.exec(`${request.method} ${path}`);
			if (match !== null) {
				const text = Buffer.concat(parts).toString('utf8');
				answer({
					request,
					response,
					send,
					key: match[1] ?? '',
					rest: match[2] ?? '',
					query: url.searchParams,
					filters: JSON.parse(url.searchParams.get('filters') ?? '{}') as Record<string, readonly string[]>,
					body: (text === '' ? {} : JSON.parse(text)) as Readonly<Record<string, unknown>>,
				});
				return;
			}
		}

		send(404, {message: 'page not found'});
	};

	const make = () =>
		createServer((request, response) => {
			void handle(request, response);
		});
	let server = make();
	const die = async () => {
		server.closeAllConnections();
		await new Promise(resolve => {
			server.close(resolve);
		});
	};

	const listen = async () => {
		rmSync(socket, {force: true});
		server = make();
		await new Promise<void>(resolve => {
			server.listen(socket, resolve);
		});
	};

	const fake: FakeEngine = {
		url: `unix://${socket}`,
		containers,
		volumes,
		images,
		asked,
		headers,
		intercept: undefined,
		emit,
		followers: () => followers.size,
		die,
		listen,
		async [Symbol.asyncDispose]() {
			await die();
			rmSync(socket, {force: true});
		},
	};
	await listen();
	return fake;
}
