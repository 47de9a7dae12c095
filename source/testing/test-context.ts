import {failure, FailureError} from '../core/failure/failure.ts';
import {type NewEvent} from '../core/event.ts';
import {type Manifest} from '../core/manifest.ts';
import {hostOf, hostPatterns, matchesHost, portOf} from '../core/permissions/host-pattern.ts';
import {type Json} from '../core/schema/json.ts';
import {pointerParts, valueAt} from '../core/schema/pointer.ts';
import {createRedactor} from '../core/text/redact.ts';
import {type ExecResult, type HttpRequest, type PluginClock, type ServiceProxy} from '../sdk/capabilities.ts';
import {type PluginContext} from '../sdk/plugin.ts';
import {type FakeClock} from './fake-clock.ts';

/** The answer to a request, from the test. */
export type TestAnswer = {
	/** 200 when absent. */
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	/** Text as it is; everything else as its JSON. */
	readonly body?: unknown;
};

/** What the world around a plugin answers in a test. What is absent here and not asked for in the manifest, the plugin does not have. */
export type TestWorld = {
	/** Answers requests; without it every request fails as an unreachable host does. */
	readonly http?: (url: URL, request: HttpRequest) => TestAnswer | Promise<TestAnswer>;
	/** Answers programs by the id of the manifest. */
	readonly exec?: (id: string, params: Readonly<Record<string, string>>) => Partial<ExecResult> | Promise<Partial<ExecResult>>;
	/** Files by `<id>/<path>`; what the plugin writes is added. */
	readonly files?: Record<string, string>;
	readonly env?: Readonly<Record<string, string>>;
	/** Their values; a plugin sees them only where it may read them. What `keep` of a request takes out of an answer is added. */
	readonly secrets?: Record<string, string>;
	/** Services of other plugins, by name. */
	readonly services?: Readonly<Record<string, ServiceProxy>>;
	/** What the person answers to `confirm` and `prompt`. */
	readonly answers?: readonly (boolean | string)[];
};

/** What a plugin did, for the test to look at. */
export type TestRecords = {
	readonly logs: {readonly level: string; readonly message: string; readonly fields?: Readonly<Record<string, unknown>>}[];
	readonly events: NewEvent[];
	readonly requests: {readonly url: string; readonly method: string; readonly auth?: string}[];
	/** What the plugin keeps. */
	readonly store: Map<string, Json>;
	/** What it said to the person. */
	readonly said: string[];
};

type Options = {
	readonly id: string;
	/** With it, only what its permissions cover is there. */
	readonly manifest?: Pick<Manifest, 'permissions'>;
	readonly config: Readonly<Record<string, unknown>>;
	readonly world: TestWorld;
	readonly clock: FakeClock;
	readonly records: TestRecords;
	readonly signal: AbortSignal;
};

/** What a plugin gets at `initialize`, all of it in memory and nothing shared with another one. */
export function createTestContext({id, manifest, config, world, clock, records, signal}: Options): PluginContext {
	const asked = manifest?.permissions;
	const has = (kind: keyof NonNullable<typeof asked>): boolean => manifest === undefined || asked?.[kind] !== undefined;
	const log = (level: string) => (message: string, fields?: Readonly<Record<string, unknown>>) => {
		records.logs.push({level, message, ...(fields !== undefined && {fields: plain(fields)})});
	};
	const answers = [...(world.answers ?? [])];
	const files = world.files ?? {};
	const secrets = world.secrets ?? {};
	let state: unknown;
	return {
		id,
		config,
		directories: {data: `/data/${id}`, cache: `/cache/${id}`},
		log: {debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error')},
		events: {emit: event => void records.events.push(plain(event))},
		...(has('http') && {
			http: {
				async fetch(url, request = {}) {
					const target = new URL(url);
					const {method = 'GET', auth, keep} = request;
					const isCovered = asked?.http?.some(
						({hosts, methods, privateNetwork = false}) =>
							(methods === undefined || methods.some(one => one === method.toUpperCase())) &&
							hostPatterns(hosts, privateNetwork).some(pattern => matchesHost(pattern, hostOf(target), portOf(target))),
					);
					if (isCovered === false) {
						throw denied(`\`http.fetch\` of ${method} ${target.origin}`);
					}

					if (auth !== undefined && secrets[auth] === undefined) {
						throw new FailureError(
							failure('CWS_SECRET_MISSING', {message: `The secret \`${auth}\` is not set.`, fix: `cws secrets set ${id} ${auth}`}),
						);
					}

					records.requests.push({url: target.href, method, ...(auth !== undefined && {auth})});
					if (world.http === undefined) {
						throw new FailureError(failure('CWS_PROVIDER_UNAVAILABLE', {message: `${target.host} does not answer.`}));
					}

					const {status = 200, headers = {}, body = ''} = await world.http(target, request);
					const whole = typeof body === 'string' ? body : JSON.stringify(body);
					const kept = status >= 200 && status < 300 ? keptOf(whole, keep, asked) : {};
					Object.assign(secrets, kept);
					const text = createRedactor(Object.values(kept))(whole);
					return {
						status,
						headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
						text: () => text,
						json: () => JSON.parse(text) as unknown,
						bytes: () => new TextEncoder().encode(text),
					};
				},
			},
		}),
		...(has('exec') && {
			exec: {
				async run(command, params = {}) {
					if (asked?.exec?.some(entry => entry.id === command) === false) {
						throw denied(`\`exec.run\` of ${command}`);
					}

					const {code = 0, stdout = '', stderr = ''} = (await world.exec?.(command, params)) ?? {code: 127};
					return {code, stdout, stderr};
				},
				...((manifest === undefined || asked?.exec?.some(({tty}) => tty === true)) && {
					async interactive(command: string, params: Readonly<Record<string, string>> = {}) {
						if (asked?.exec?.some(({id: entry, tty}) => entry === command && tty === true) === false) {
							throw denied(`\`exec.interactive\` of ${command}`);
						}

						const {code = 0} = (await world.exec?.(command, params)) ?? {code: 127};
						return {code};
					},
				}),
			},
		}),
		...(has('fs') && {
			fs: {
				async read(entry, path = '') {
					const text = files[keyOf(entry, path)];
					if (text === undefined) {
						throw new FailureError(failure('CWS_NOT_FOUND', {message: `There is no ${keyOf(entry, path)}.`}));
					}

					return text;
				},
				async write(entry, path, text) {
					files[keyOf(entry, path)] = text;
				},
				async list(entry, path = '') {
					const prefix = `${keyOf(entry, path)}/`;
					const names = Object.keys(files).flatMap(file => (file.startsWith(prefix) ? [file.slice(prefix.length)] : []));
					return [...new Set(names.map(name => name.split('/')[0]!))].map(name => ({
						name,
						isDirectory: !names.includes(name),
					}));
				},
			},
		}),
		...(has('env') && {env: {get: async name => world.env?.[name]}}),
		...(has('secrets') && {
			secrets: {
				has: async name => secrets[name] !== undefined,
				request: async name => secrets[name] !== undefined,
				...((manifest === undefined || asked?.secrets?.some(({read}) => read) === true) && {
					read: async (name: string) => secrets[name] ?? '',
				}),
			},
		}),
		...(has('store') && {
			store: {
				get: async key => records.store.get(key),
				async set(key, value) {
					records.store.set(key, plain(value));
				},
				async delete(key) {
					records.store.delete(key);
				},
				list: async (prefix = '') => [...records.store.keys()].filter(key => key.startsWith(prefix)).toSorted(),
			},
		}),
		services: {get: async service => world.services?.[service.replace(/@.*$/, '')] ?? null},
		...(has('ui') && {
			ui: {
				async notify(message) {
					records.said.push(message);
				},
				async confirm(question) {
					records.said.push(question);
					return answers.shift() === true;
				},
				async prompt(question) {
					records.said.push(question);
					const answer = answers.shift();
					return typeof answer === 'string' ? answer : undefined;
				},
				async status(text) {
					records.said.push(text);
				},
			},
		}),
		state: {
			get: async () => state,
			async set(value) {
				state = plain(value);
			},
		},
		clock: pluginClock(clock),
		signal,
	};
}

const pluginClock = (clock: FakeClock): PluginClock => ({
	now: clock.now,
	sleep: (ms, signal) => clock.sleep(ms, signal),
	every: (ms, callback) => clock.every(ms, callback),
});

const keyOf = (entry: string, path: string): string => (path === '' ? entry : `${entry}/${path}`);

const denied = (what: string): FailureError =>
	new FailureError(failure('CWS_PLUGIN_DENIED', {message: `The plugin tried ${what}, which its manifest does not ask for.`}));

/** As it comes through the wire: nothing that is not JSON, and nothing shared. */
const plain = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

/** What the host would keep of an answer, and the plugin never sees. */
function keptOf(text: string, keep: HttpRequest['keep'] = {}, asked?: Manifest['permissions']): Readonly<Record<string, string>> {
	const wrong = Object.keys(keep).find(name => asked !== undefined && asked.secrets?.find(secret => secret.name === name)?.keep !== true);
	if (wrong !== undefined) {
		throw denied(`\`keep\` of the secret \`${wrong}\``);
	}

	const answer: unknown = Object.keys(keep).length === 0 ? undefined : JSON.parse(text);
	return Object.fromEntries(
		Object.entries(keep).flatMap(([name, pointer]) => {
			const value = valueAt(answer, pointerParts(pointer));
			return typeof value === 'string' ? [[name, value] as const] : [];
		}),
	);
}
