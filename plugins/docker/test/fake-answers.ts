import {randomBytes} from 'node:crypto';
import {type IncomingMessage, type ServerResponse} from 'node:http';

export type FakeContainer = {
	readonly id: string;
	name: string;
	state: 'created' | 'running' | 'paused' | 'exited';
	exitCode: number;
	readonly image: string;
	readonly labels: Readonly<Record<string, string>>;
	/** What it was created with. */
	readonly body: Readonly<Record<string, unknown>>;
};

type FakeWorld = {
	readonly containers: Map<string, FakeContainer>;
	readonly volumes: Map<string, Readonly<Record<string, string>>>;
	readonly images: Set<string>;
	readonly followers: Set<ServerResponse>;
	/** Events of a container. */
	readonly tell: (id: string, ...actions: string[]) => void;
};

/** What the small engine answers to which question. */
export function routesOf({
	containers,
	volumes,
	images,
	followers,
	tell,
}: FakeWorld): readonly {readonly pattern: RegExp; readonly answer: Answer}[] {
	const findContainer = (key: string) => containers.get(key) ?? [...containers.values()].find(({name}) => name === key);

	return [
		{pattern: /^GET \/_ping$/, answer: ({send}) => send(200, 'OK')},
		{
			pattern: /^GET \/containers\/json$/,
			answer({send, filters}) {
				const wanted = [...containers.values()].filter(
					({id, labels}) =>
						(filters['id'] === undefined || filters['id'].some(wanted => id.startsWith(wanted))) &&
						(filters['label'] ?? []).every(label => {
							const [key = '', ...value] = label.split('=');
							return labels[key] === value.join('=');
						}),
				);
				send(
					200,
					wanted.map(container => listEntry(container)),
				);
			},
		},
		{
			pattern: /^POST \/containers\/create$/,
			answer({send, query, body}) {
				const name = query.get('name') ?? 'nameless';
				const image = String(body['Image']);
				if (findContainer(name) !== undefined) {
					send(409, {message: `Conflict. The container name "/${name}" is already in use by container "x".`});
				} else if (!images.has(image)) {
					send(404, {message: `No such image: ${image}`});
				} else {
					const id = randomBytes(32).toString('hex');
					const labels = (body['Labels'] ?? {}) as Record<string, string>;
					containers.set(id, {id, name, state: 'created', exitCode: 0, image, labels, body});
					tell(id, 'create');
					send(201, {Id: id, Warnings: []});
				}
			},
		},
		{
			pattern: /^GET \/containers\/([^/]+)\/json$/,
			answer({send, key}) {
				const container = findContainer(key);
				send(...choose(container === undefined ? missing(key) : [200, details(container)]));
			},
		},
		{
			pattern: /^POST \/containers\/([^/]+)\/(start|stop|restart|pause|unpause)$/,
			answer({send, key, rest}) {
				const container = containers.get(key);
				if (container === undefined) {
					send(...missing(key));
					return;
				}

				const next = ({start: 'running', restart: 'running', unpause: 'running', stop: 'exited', pause: 'paused'} as const)[rest]!;
				const isSame = container.state === next && rest !== 'restart';
				container.exitCode = next === 'exited' ? 137 : 0;
				container.state = next;
				tell(key, ...(rest === 'stop' ? ['kill', 'die', 'stop'] : [rest]));
				send(isSame ? 304 : 204);
			},
		},
		{
			pattern: /^DELETE \/containers\/([^/]+)$/,
			answer({send, key}) {
				if (containers.delete(key)) {
					tell(key, 'destroy');
					send(204);
				} else {
					send(...missing(key));
				}
			},
		},
		{
			pattern: /^GET \/containers\/([^/]+)\/logs$/,
			answer({response, query}) {
				response.writeHead(200, {'content-type': 'application/vnd.docker.raw-stream'});
				response.write(frame(1, `2026-01-02T03:04:05.000000001Z to stdout\n`));
				response.write(frame(2, `2026-01-02T03:04:05.000000002Z to stderr\n`));
				if (query.get('follow') !== 'true') {
					response.end();
				}
			},
		},
		{pattern: /^GET \/containers\/([^/]+)\/stats$/, answer: ({send}) => send(200, stats())},
		{
			pattern: /^GET \/images\/json$/,
			answer: ({send}) =>
				send(
					200,
					[...images].map(name => imageEntry(name)),
				),
		},
		{
			pattern: /^GET \/images\/(.+)\/json$/,
			answer({send, key}) {
				send(...choose(images.has(key) ? [200, imageEntry(key)] : [404, {message: `No such image: ${key}`}]));
			},
		},
		{
			pattern: /^POST \/images\/create$/,
			answer({response, query, request}) {
				response.writeHead(200, {'content-type': 'application/json'});
				const say = (entry: object) => response.write(`${JSON.stringify(entry)}\r\n`);
				const layer = 'a1b2c3d4e5f6';
				say({status: 'Pulling from library/slow', id: query.get('tag')});
				say({status: 'Downloading', id: layer, progressDetail: {current: 524_288, total: 1_048_576}});
				if (query.get('fromImage') === 'slow') {
					// Never ends by itself, as over a line that hangs.
					request.on('close', () => response.destroy());
					return;
				}

				say({status: 'Pull complete', id: layer});
				images.add(`${query.get('fromImage')}:${query.get('tag')}`);
				response.end();
			},
		},
		{pattern: /^GET \/volumes$/, answer: ({send}) => send(200, {Volumes: [...volumes].map(([name, labels]) => volumeEntry(name, labels))})},
		{
			pattern: /^GET \/volumes\/(.+)$/,
			answer({send, key}) {
				const labels = volumes.get(key);
				send(...choose(labels === undefined ? missing(key) : [200, volumeEntry(key, labels)]));
			},
		},
		{
			pattern: /^POST \/volumes\/create$/,
			answer({send, body}) {
				const name = String(body['Name']);
				const labels = volumes.get(name) ?? (body['Labels'] as Record<string, string>);
				volumes.set(name, labels);
				send(201, volumeEntry(name, labels));
			},
		},
		{pattern: /^DELETE \/volumes\/(.+)$/, answer: ({send, key}) => send(...choose(volumes.delete(key) ? [204] : missing(key)))},
		{
			pattern: /^GET \/events$/,
			answer({response}) {
				response.writeHead(200, {'content-type': 'application/json'});
				response.flushHeaders();
				followers.add(response);
				response.on('close', () => followers.delete(response));
			},
		},
	];
}

export type Send = (status: number, value?: unknown) => void;

type Answer = (asked: {
	readonly request: IncomingMessage;
	readonly response: ServerResponse;
	readonly send: Send;
	readonly key: string;
	readonly rest: string;
	readonly query: URLSearchParams;
	readonly filters: Readonly<Record<string, readonly string[]>>;
	readonly body: Readonly<Record<string, unknown>>;
}) => void;

type Reply = readonly [status: number, value?: unknown];

const missing = (key: string): Reply => [404, {message: `No such container: ${key}`}];

const choose = (reply: Reply): Reply => reply;

const sentences = {created: 'Created', running: 'Up 3 minutes', paused: 'Up 3 minutes (Paused)', exited: 'Exited'} as const;

const listEntry = ({id, name, state, image, labels, exitCode}: FakeContainer) => ({
	Id: id,
	Names: [`/${name}`],
	Image: image,
	ImageID: imageEntry(image).Id,
	Command: 'sleep 120',
	Created: 1_780_000_000,
	State: state,
	Status: state === 'exited' ? `Exited (${exitCode}) 3 minutes ago` : sentences[state],
	Labels: labels,
	Ports: [],
	Mounts: [],
});

const details = (container: FakeContainer) => ({
	Id: container.id,
	Name: `/${container.name}`,
	State: {Status: container.state, ExitCode: container.exitCode, StartedAt: '2026-05-28T20:26:40Z'},
	Config: {Tty: false, Labels: container.labels},
	HostConfig: {LogConfig: {Type: 'json-file'}},
	Mounts: [],
});

const imageEntry = (name: string) => ({
	Id: `sha256:${Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64)}`,
	RepoTags: [name],
	RepoDigests: null,
	Created: 1_770_000_000,
	Size: 1_984_172,
	Labels: null,
});

const volumeEntry = (name: string, labels: Readonly<Record<string, string>>) => ({
	Name: name,
	Driver: 'local',
	Mountpoint: `/var/lib/engine/${name}`,
	CreatedAt: '2026-02-03T04:05:06Z',
	Labels: labels,
});

let cpu = 0;
const stats = () => ({
	read: new Date().toISOString(),
	cpu_stats: {cpu_usage: {total_usage: (cpu += 1_000_000)}, system_cpu_usage: 1, online_cpus: 2},
	memory_stats: {usage: 9_437_184, limit: 67_108_864, stats: {inactive_file: 1_048_576}},
});

/** A frame of a multiplexed stream. */
export function frame(stream: number, text: string | Buffer): Buffer {
	const bytes = Buffer.from(text);
	const head = Buffer.alloc(8);
	head[0] = stream;
	head.writeUInt32BE(bytes.length, 4);
	return Buffer.concat([head, bytes]);
}
