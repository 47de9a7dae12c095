import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {type CallContext, type OperationResult, type Provider, type ProviderResource, type ResourceTarget} from 'cws/sdk';
import {cleanEnvironment, type LocalConfig, type LocalContext} from '../context.ts';
import {createProcessTable} from '../process/process-table.ts';
import {createProvider, createState} from '../provider.ts';

export type LocalForTest = {
	readonly context: LocalContext;
	readonly provider: Provider;
	readonly call: CallContext;
	/** Messages of every progress report, oldest first. */
	readonly progress: readonly string[];
	readonly deploy: (name: string, fields?: Readonly<Record<string, unknown>>, token?: string) => Promise<OperationResult>;
	readonly target: (name: string) => Promise<ResourceTarget>;
	readonly get: (name: string) => Promise<ProviderResource>;
	readonly list: () => Promise<readonly ProviderResource[]>;
	readonly until: (name: string, isThere: (resource: ProviderResource) => boolean) => Promise<ProviderResource>;
	/** Another provider over the same directory, as in a second cws. */
	readonly another: () => LocalForTest;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** A provider over a directory of its own; disposing ends every process it or its workstations started. */
export function localForTest(config: Partial<LocalConfig> = {}, root = mkdtempSync(join(tmpdir(), 'cws-local-'))): LocalForTest {
	const context: LocalContext = {
		root,
		config: {stopGraceSeconds: 5, readySeconds: 30, currency: 'USD', ...config},
		processes: createProcessTable(),
		env: cleanEnvironment({PATH: process.env.PATH, HOME: root}),
		endedRuns: new Set(),
		unsavedStops: new Map(),
	};
	const state = createState(context);
	const provider = createProvider(() => state);
	const progress: string[] = [];
	const call: CallContext = {
		signal: new AbortController().signal,
		progress: ({message}) => {
			progress.push(message ?? '');
		},
	};
	const list = async () => {
		const resources: ProviderResource[] = [];
		for await (const page of provider.list({provider: 'local', type: 'vm'}, call)) {
			resources.push(...page.resources);
		}

		return resources;
	};
	const get = async (name: string) => {
		const resource = (await list()).find(resource => resource.name === name);
		if (resource === undefined) {
			throw new Error(`no workstation ${name}`);
		}

		return resource;
	};
	return {
		context,
		provider,
		call,
		progress,
		list,
		get,
		deploy: async (name, fields = {}, token = `token-${name}`) => provider.deploy!('local', {type: 'vm', name, fields, token}, call),
		target: async name => ({provider: 'local', type: 'vm', id: (await get(name)).id, name}),
		async until(name, isThere) {
			for (let tries = 0; tries < 500; tries++) {
				const resource = (await list()).find(resource => resource.name === name);
				if (resource !== undefined && isThere(resource)) {
					return resource;
				}

				await sleep(20);
			}

			throw new Error(`${name} stayed ${JSON.stringify(await get(name))}`);
		},
		another: () => localForTest(config, root),
		async [Symbol.asyncDispose]() {
			await endProcessesOf(root);
			rmSync(root, {recursive: true, force: true, maxRetries: 10, retryDelay: 50});
		},
	};
}

/** Every process that names the directory in its arguments or carries the mark of a run that is recorded in it. */
export function processesOf(root: string): readonly number[] {
	const runs = readdirSync(root).flatMap(id => /"run": "([^"]+)"/.exec(read(join(root, id, 'workstation.json')))?.[1] ?? []);
	return readdirSync('/proc')
		.map(Number)
		.filter(pid => pid > 1 && pid !== process.pid)
		.filter(pid => {
			const environment = read(`/proc/${pid}/environ`);
			return (
				read(`/proc/${pid}/cmdline`).includes(root) ||
				environment.includes(`HOME=${root}\0`) ||
				runs.some(run => environment.includes(`CWS_WORKSTATION_RUN=${run}`))
			);
		});
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const address = server.address();
	await new Promise(resolve => {
		server.close(resolve);
	});
	return typeof address === 'object' && address !== null ? address.port : 0;
}

async function endProcessesOf(root: string): Promise<void> {
	for (let tries = 0; tries < 50; tries++) {
		const pids = processesOf(root);
		if (pids.length === 0) {
			return;
		}

		for (const pid of pids) {
			try {
				process.kill(pid, 'SIGKILL');
			} catch {
				// It ended by itself.
			}
		}

		await sleep(20);
	}
}

function read(path: string): string {
	try {
		return readFileSync(path, 'latin1');
	} catch {
		return '';
	}
}
