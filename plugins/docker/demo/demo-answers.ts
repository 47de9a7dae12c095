import {type Ask, type Reply} from '../client/create-client.ts';
import {shortImage} from '../container/map.ts';
import {at, listAt, numberAt, textAt, textsAt} from '../read.ts';
import {detailsOf, imageEntry, listEntry, statsOf, usesImage, usesVolume, volumeEntry} from './entries.ts';
import {idOf, type LiveContainer, type LiveEngine} from './live-engine.ts';

export type DemoWorld = {
	readonly account: string;
	readonly engine: LiveEngine;
	/** When the demo began, and what time it is. */
	readonly begin: number;
	readonly now: () => number;
	/** Tells who follows the events. */
	readonly tell: (type: 'container' | 'volume' | 'image', id: string, ...actions: readonly string[]) => void;
};

type Answer = (world: DemoWorld, key: string, ask: Ask, rest: string) => Reply;

const ok = (value?: unknown, status = 200): Reply => ({status, value});
const refuse = (status: number, message: string): Reply => ({status, value: {message}});
const noContainer = (key: string): Reply => refuse(404, `No such container: ${key}`);

const deeds = {start: 'running', restart: 'running', unpause: 'running', stop: 'exited', pause: 'paused'} as const;

const routes: readonly (readonly [pattern: RegExp, answer: Answer])[] = [
	[/^GET \/containers\/json$/, ({engine, now}, _key, ask) => ok(wanted(engine, ask).map(container => listEntry(container, now())))],
	[/^POST \/containers\/create$/, (world, _key, ask) => create(world, ask)],
	[
		/^GET \/containers\/([^/]+)\/json$/,
		({engine}, key) => {
			const container = engine.find(key);
			return container === undefined ? noContainer(key) : ok(detailsOf(container));
		},
	],
	[
		/^GET \/containers\/([^/]+)\/stats$/,
		({engine, now}, key) => {
			const container = engine.find(key);
			return container?.state === 'running' ? ok(statsOf(container, now())) : noContainer(key);
		},
	],
	[
		/^POST \/containers\/([^/]+)\/(start|stop|restart|pause|unpause)$/,
		(world, key, _ask, rest) => act(world, key, rest as keyof typeof deeds),
	],
	[
		/^POST \/containers\/([^/]+)\/exec$/,
		(_world, key) => refuse(501, `this is a demo: ${key.slice(0, 12)} is a recording, and nothing runs in it`),
	],
	[
		/^DELETE \/containers\/([^/]+)$/,
		({engine, tell}, key) => {
			if (!engine.containers.delete(key)) {
				return noContainer(key);
			}

			tell('container', key, 'destroy');
			return ok(undefined, 204);
		},
	],
	[/^GET \/images\/json$/, ({engine, begin}) => ok([...engine.images.values()].map(image => imageEntry(image, begin)))],
	[
		/^GET \/images\/(.+)\/json$/,
		({engine, begin}, key) => {
			const image = engine.images.get(key) ?? engine.images.get(shortImage(key));
			return image === undefined ? refuse(404, `No such image: ${key}`) : ok(imageEntry(image, begin));
		},
	],
	[
		/^DELETE \/images\/(.+)$/,
		({engine, tell}, key) => {
			const image = [...engine.images.values()].find(({id}) => id === key);
			const user = image && usesImage(engine, image);
			if (image === undefined || user !== undefined) {
				return user === undefined
					? refuse(404, `No such image: ${key}`)
					: refuse(409, `conflict: unable to remove it, container ${user.name} is using it`);
			}

			engine.images.delete(image.name);
			tell('image', key, 'delete');
			return ok([]);
		},
	],
	[/^GET \/volumes$/, ({engine}) => ok({Volumes: [...engine.volumes.values()].map(volume => volumeEntry(volume))})],
	[
		/^GET \/volumes\/(.+)$/,
		({engine}, key) => {
			const volume = engine.volumes.get(key);
			return volume === undefined ? refuse(404, `no such volume: ${key}`) : ok(volumeEntry(volume));
		},
	],
	[
		/^POST \/volumes\/create$/,
		({engine, now, tell}, _key, {body}) => {
			const name = textAt(body, 'Name') ?? '';
			const volume = engine.volumes.get(name) ?? {name, madeAt: now(), labels: textsAt(body, 'Labels')};
			engine.volumes.set(name, volume);
			tell('volume', name, 'create');
			return ok(volumeEntry(volume), 201);
		},
	],
	[
		/^DELETE \/volumes\/(.+)$/,
		({engine, tell}, key) => {
			if (usesVolume(engine, key) !== undefined) {
				return refuse(409, `remove ${key}: volume is in use`);
			}

			const isGone = !engine.volumes.delete(key);
			tell('volume', key, 'destroy');
			return isGone ? refuse(404, `no such volume: ${key}`) : ok(undefined, 204);
		},
	],
];

/** What an engine of the demo answers to one question. */
export function demoAnswer(world: DemoWorld, ask: Ask): Reply {
	const line = `${ask.method ?? 'GET'} ${decodeURIComponent(ask.path)}`;
	for (const [pattern, answer] of routes) {
		const match = pattern.exec(line);
		if (match !== null) {
			return answer(world, match[1] ?? '', ask, match[2] ?? '');
		}
	}

	return refuse(404, 'page not found');
}

function wanted({containers}: LiveEngine, {query}: Ask): readonly LiveContainer[] {
	const filters: unknown = JSON.parse(String(query?.['filters'] ?? '{}'));
	const ids = listAt(filters, 'id').map(String);
	const labels = listAt(filters, 'label').map(label => String(label).split('='));
	return [...containers.values()].filter(
		container =>
			(ids.length === 0 || ids.some(id => container.id.startsWith(id))) &&
			labels.every(([key = '', ...value]) => container.labels?.[key] === value.join('=')),
	);
}

function create({account, engine, now, tell}: DemoWorld, {query, body}: Ask): Reply {
	const name = String(query?.['name']);
	const asked = textAt(body, 'Image') ?? '';
	const image = shortImage(asked);
	if (engine.find(name) !== undefined) {
		return refuse(409, `Conflict. The container name "/${name}" is already in use by another container.`);
	}

	if (!engine.images.has(image) && !engine.images.has(asked)) {
		return refuse(404, `No such image: ${asked}`);
	}

	const id = idOf(account, name, String(now()));
	const memory = numberAt(body, 'HostConfig', 'Memory');
	const volumes = listAt(body, 'HostConfig', 'Mounts').flatMap(mount =>
		textAt(mount, 'Type') === 'volume' ? [[textAt(mount, 'Source') ?? '', textAt(mount, 'Target') ?? ''] as const] : [],
	);
	const bindings = at(body, 'HostConfig', 'PortBindings') ?? {};
	const ports = Object.entries(bindings).flatMap(([port, list]) => {
		const inside = Number.parseInt(port, 10);
		const [first] = Array.isArray(list) ? (list as readonly unknown[]) : [];
		return [[inside, Number(textAt(first, 'HostPort') ?? 32_768 + (inside % 1000))] as const];
	});
	engine.containers.set(id, {
		id,
		name,
		image: engine.images.has(image) ? image : asked,
		state: 'created',
		madeAt: now(),
		sinceAt: now(),
		labels: textsAt(body, 'Labels'),
		restart: textAt(body, 'HostConfig', 'RestartPolicy', 'Name') ?? 'no',
		cpuPercent: 2,
		memoryMb: 18,
		...(memory !== undefined && {limitMb: memory / 1_048_576}),
		volumes: Object.fromEntries(volumes),
		ports: Object.fromEntries(ports),
	});
	for (const [volume] of volumes) {
		if (!engine.volumes.has(volume)) {
			engine.volumes.set(volume, {name: volume, madeAt: now()});
		}
	}

	tell('container', id, 'create');
	return ok({Id: id, Warnings: []}, 201);
}

function act({engine, now, tell}: DemoWorld, key: string, deed: keyof typeof deeds): Reply {
	const container = engine.find(key);
	if (container === undefined) {
		return noContainer(key);
	}

	const state = deeds[deed];
	if (container.state === state && deed !== 'restart') {
		return ok(undefined, 304);
	}

	const {health, isOutOfMemory: _, ...rest} = container;
	engine.containers.set(container.id, {
		...rest,
		...(health !== undefined && {health: deed === 'unpause' ? health : 'healthy'}),
		state,
		sinceAt: deed === 'unpause' || deed === 'pause' ? container.sinceAt : now(),
		...(deed === 'stop' && {exitCode: 143}),
	});
	tell('container', container.id, ...(deed === 'stop' ? ['kill', 'die', 'stop'] : [deed]));
	return ok(undefined, 204);
}
