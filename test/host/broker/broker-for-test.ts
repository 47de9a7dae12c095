import assert from 'node:assert/strict';
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {type TestContext} from 'node:test';
import {FailureError, type Failure} from '../../../source/core/failure/failure.ts';
import {ok} from '../../../source/core/failure/outcome.ts';
import {type PermissionSet} from '../../../source/core/manifest/permissions.ts';
import {type Clock} from '../../../source/core/ports/clock.ts';
import {type PluginKeep} from '../../../source/core/ports/plugin-keep.ts';
import {type UiPort} from '../../../source/core/ports/plugin-ports.ts';
import {type SecretStore} from '../../../source/core/ports/secrets.ts';
import {type Capabilities, type CapabilityCall} from '../../../source/host/broker/capability.ts';
import {type BrokerNotice, createBroker} from '../../../source/host/broker/create-broker.ts';
import {type BrokerLimits} from '../../../source/host/broker/limits.ts';
import {createLiveRedactor, type LiveRedactor} from '../../../source/host/broker/live-redactor.ts';
import {systemClock} from '../../../source/platform/clock.ts';
import {createHttpClient} from '../../../source/platform/plugin-io/http-client.ts';
import {type Lookup} from '../../../source/platform/plugin-io/pinned-address.ts';
import {createPluginFiles} from '../../../source/platform/plugin-io/plugin-files.ts';
import {createCommandRunner} from '../../../source/platform/plugin-io/run-command.ts';
import {createFakePluginKeep} from '../../helpers/fake-plugin-keep.ts';
import {tempDir} from '../../platform/temp-dir.ts';
import {authority} from './local-server.ts';

export type BrokerForTest = {
	readonly broker: Capabilities;
	readonly denied: BrokerNotice[];
	readonly alarms: BrokerNotice[];
	/** Hosts that were looked up. */
	readonly lookups: string[];
	readonly redactor: LiveRedactor;
	/** Values by name. */
	readonly secrets: Map<string, string>;
	/** Holds home, workspace and data of the plugin, and a folder of cws that is closed to it. */
	readonly directory: string;
	readonly call: (method: string, args: readonly unknown[], call?: Partial<CapabilityCall>) => Promise<unknown>;
	readonly items: (method: string, args: readonly unknown[], call?: Partial<CapabilityCall>) => Promise<readonly unknown[]>;
	readonly fetch: (url: string, request?: unknown, call?: Partial<CapabilityCall>) => Promise<Fetched>;
};

export type Fetched = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly url: string;
	readonly text: string;
};

export type BrokerTestOptions = {
	readonly id?: string;
	readonly asked?: PermissionSet;
	/** By host; every name is this machine otherwise. */
	readonly lookup?: Lookup;
	readonly clock?: Clock;
	readonly limits?: Partial<BrokerLimits>;
	readonly ui?: UiPort;
	readonly environment?: Readonly<Record<string, string>>;
	readonly keep?: PluginKeep;
	readonly redactor?: LiveRedactor;
};

/** A broker over the real network, files and processes of this machine. */
export function brokerForTest(t: TestContext, options: BrokerTestOptions = {}): BrokerForTest {
	const {id = 'hetzner', asked = {}, limits, ui, clock = systemClock, redactor = createLiveRedactor()} = options;
	const {lookup = async () => [{address: '127.0.0.1', family: 4}], environment = {PATH: process.env['PATH'] ?? ''}} = options;
	const directory = tempDir(t);
	for (const name of ['home', 'home/.config', 'workspace', 'cws', 'cws/data', `cws/data/${id}`]) {
		mkdirSync(join(directory, name));
	}

	const [denied, alarms, lookups]: [BrokerNotice[], BrokerNotice[], string[]] = [[], [], []];
	const http = createHttpClient({
		authorities: [authority],
		lookup(host) {
			lookups.push(host);
			return lookup(host);
		},
	});
	t.after(() => http.close());
	const secrets = new Map<string, string>();
	const broker = createBroker({
		plugin: {id, title: 'Hetzner Cloud', key: `user/${id}`, asked},
		grant: asked,
		ports: {
			http,
			exec: createCommandRunner(environment),
			files: createPluginFiles({forbidden: [join(directory, 'cws')]}),
			environment,
			...(ui && {ui}),
		},
		keep: options.keep ?? createFakePluginKeep(),
		secrets: secretsIn(secrets),
		redactor,
		clock,
		roots: {
			home: join(directory, 'home'),
			xdgConfig: join(directory, 'home/.config'),
			workspace: join(directory, 'workspace'),
			pluginData: join(directory, 'cws/data', id),
		},
		...(limits && {limits}),
		onDenied: notice => denied.push(notice),
		onAlarm: notice => alarms.push(notice),
	});

	const start = (method: string, args: readonly unknown[], call: Partial<CapabilityCall> = {}) => {
		assert.ok(Object.hasOwn(broker, method), `${method} was not granted`);
		return broker[method]!(args, {plugin: id, generation: 1, signal: new AbortController().signal, ...call});
	};
	const items: BrokerForTest['items'] = async (method, args, call) => {
		const found: unknown[] = [];
		for await (const item of start(method, args, call) as AsyncIterable<unknown>) {
			found.push(item);
		}

		return found;
	};

	return {
		broker,
		denied,
		alarms,
		lookups,
		redactor,
		secrets,
		directory,
		items,
		call: async (method, args, call) => start(method, args, call) as Promise<unknown>,
		async fetch(url, request, call) {
			const [head, ...chunks] = await items('http.fetch', [url, request], call);
			return {...(head as Omit<Fetched, 'text'>), text: textOf(chunks)};
		},
	};
}

export const textOf = (chunks: readonly unknown[]): string =>
	Buffer.concat(
		(chunks as readonly ({readonly text: string} | {readonly base64: string})[]).map(chunk =>
			'text' in chunk ? Buffer.from(chunk.text) : Buffer.from(chunk.base64, 'base64'),
		),
	).toString();

/** The failure a request ends with. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
	try {
		await work;
	} catch (error) {
		assert.ok(error instanceof FailureError, String(error));
		return error.failure;
	}

	return assert.fail('it was allowed');
}

export const codeOf = async (work: Promise<unknown>): Promise<string> => (await failureOf(work)).code;

function secretsIn(values: Map<string, string>): SecretStore {
	return {
		has: async ({name}) => ok(values.has(name)),
		get: async ({name}) => ok(values.get(name)),
		async set(secret, value) {
			values.set(secret.name, value);
			return ok({...secret, place: 'file'});
		},
		delete: async ({name}) => ok(values.delete(name)),
		list: async () => ok([]),
	};
}
