import {homedir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {failure, FailureError, toFailure} from '../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../core/failure/outcome.ts';
import {type HttpPort} from '../core/ports/plugin-ports.ts';
import {type SecretStore} from '../core/ports/secrets.ts';
import {createPluginTrust} from '../host/broker/create-plugin-trust.ts';
import {createLiveRedactor} from '../host/broker/live-redactor.ts';
import {createPluginHost} from '../host/create-plugin-host.ts';
import {systemClock} from '../platform/clock.ts';
import {removeFolder, temporaryFolder} from '../platform/files/folders.ts';
import {firstThere} from '../platform/files/places.ts';
import {makeDirectory} from '../platform/make-directory.ts';
import {createHttpClient} from '../platform/plugin-io/http-client.ts';
import {createPluginFiles} from '../platform/plugin-io/plugin-files.ts';
import {createCommandRunner} from '../platform/plugin-io/run-command.ts';
import {type ContractSample, type ContractSubject} from '../testing/contract/contract.ts';
import {contractChecks} from '../testing/contract/contract-checks.ts';
import {createFakePluginKeep} from '../testing/fake-plugin-keep.ts';
import {linkSdk} from './link-sdk.ts';
import {locations} from './locations.ts';
import {createSandboxes} from './open-sandboxes.ts';
import {packFolder, type PackedPlugin} from './pack-plugin.ts';
import {version} from './version.ts';

export type ContractAnswer = {
	readonly title: string;
	readonly status: 'kept' | 'broken' | 'does not apply';
	readonly problem?: string;
	readonly ms?: number;
};

export type ContractReport = {readonly id: string; readonly version: string; readonly answers: readonly ContractAnswer[]};

const checkMs = 90_000;

/**
Holds the contract against a plugin in its author's folder, in the real sandbox and with the real checks of what it may do. What
`test/contract.ts` says runs here as any test of the author does; the outside world is played by it where it has an `http`.
*/
export async function testContract(
	folder: string,
	{
		environment,
		signal,
		onAnswer,
	}: {
		readonly environment: Readonly<Record<string, string | undefined>>;
		readonly signal: AbortSignal;
		readonly onAnswer: (answer: ContractAnswer) => void;
	},
): Promise<Outcome<ContractReport>> {
	linkSdk(folder);
	const packed = await packFolder(folder);
	const sample = packed.ok ? await readSample(folder) : packed;
	if (!packed.ok || !sample.ok) {
		return failed((packed.ok ? (sample as typeof sample & {readonly ok: false}) : packed).error);
	}

	try {
		await using subject = await openSubject(packed.value, {sample: sample.value, environment});
		const answers: ContractAnswer[] = [];
		for (const check of contractChecks) {
			if (signal.aborted) {
				return failed(failure('CWS_CANCELLED', {message: 'The contract was not tried to its end.'}));
			}

			const applies = check.appliesTo(subject.record().manifest, sample.value);
			const answer = applies
				? await hold(() => check.run(subject, sample.value), check.title)
				: ({title: check.title, status: 'does not apply'} as const);
			answers.push(answer);
			onAnswer(answer);
		}

		return ok({id: packed.value.id, version: packed.value.version, answers});
	} catch (error) {
		return failed(toFailure(error, 'CWS_PLUGIN_FAILED'));
	}
}

async function hold(run: () => Promise<void>, title: string): Promise<ContractAnswer> {
	const startedAt = systemClock.monotonic();
	const late = new AbortController();
	const timeout = systemClock.sleep(checkMs, late.signal).then(
		() => Promise.reject(new Error(`there was no end of it within ${checkMs / 1000} s`)),
		() => undefined,
	);
	try {
		await Promise.race([run(), timeout]);
		return {title, status: 'kept', ms: Math.round(systemClock.monotonic() - startedAt)};
	} catch (error) {
		return {title, status: 'broken', problem: toFailure(error).message, ms: Math.round(systemClock.monotonic() - startedAt)};
	} finally {
		late.abort();
	}
}

/** What the author says about it; nothing when there is no such file. */
async function readSample(folder: string): Promise<Outcome<ContractSample>> {
	const file = firstThere(folder, ['test/contract.ts', 'test/contract.js']);
	if (file === undefined) {
		return ok({});
	}

	try {
		const {default: sample} = (await import(pathToFileURL(file).href)) as {readonly default?: unknown};
		return typeof sample === 'object' && sample !== null
			? ok(sample)
			: failed(failure('CWS_INVALID_INPUT', {message: `\`${file}\` has no sample as its default export.`}));
	} catch (error) {
		return failed(failure('CWS_INVALID_INPUT', {message: `\`${file}\` cannot be loaded.`, cause: toFailure(error).message}));
	}
}

type SubjectOptions = {readonly sample: ContractSample; readonly environment: Readonly<Record<string, string | undefined>>};

/** The plugin in a host of its own, everything it asks for granted, over a home that is thrown away. */
async function openSubject(packed: PackedPlugin, {sample, environment}: SubjectOptions): Promise<ContractSubject & AsyncDisposable> {
	const {id, texts} = packed;
	const home = temporaryFolder('contract', {
		[`plugins/${id}/plugin.json`]: texts['plugin.json'],
		[`plugins/${id}/plugin.js`]: texts['plugin.js'],
	});
	const [data, cache] = [join(home, 'data'), join(home, 'cache')];
	[data, cache].forEach(directory => makeDirectory(directory));

	const world = {http: sample.http, secrets: sample.secrets};
	const http = sample.http === undefined ? createHttpClient() : playedHttp(world);
	const exec = createCommandRunner(environment);
	const secrets = playedSecrets(world);
	const sandboxes = createSandboxes(cache);
	const host = createPluginHost({
		pluginDirectories: [{origin: 'directory', directory: join(home, 'plugins')}],
		only: [id],
		cwsVersion: version,
		workerUrl: locations.pluginWorker,
		openSandbox: sandboxes.openSandbox,
		openProcess: sandboxes.openProcess,
		trust: createPluginTrust({
			keep: createFakePluginKeep(),
			clock: systemClock,
			by: 'cws plugin test',
			ports: {http, exec, files: createPluginFiles({forbidden: []}), environment},
			secrets,
			redactor: createLiveRedactor(),
			roots: {home: environment['HOME'] ?? homedir(), xdgConfig: join(home, 'config'), workspace: home},
			dataOf: own => join(data, own),
		}),
		clock: systemClock,
		disabled: [],
		setDisabled: async () => ok(undefined),
		pluginOptions: {[id]: sample.options ?? {}},
		secrets,
		directories: {data, cache},
		locale: environment['LC_ALL'] ?? environment['LANG'] ?? 'C.UTF-8',
	});
	await host.load(id);
	const granted = await host.grant(id);
	const close = async () => {
		await host.stop(5000);
		exec.close();
		await http.close();
		removeFolder(home);
	};
	if (!granted.ok) {
		await close();
		throw new FailureError(granted.error);
	}

	return {
		host,
		plugin: id,
		world,
		record: () => host.records().find(record => record.id === id)!,
		another: options => openSubject(packed, {sample: {...sample, options}, environment}),
		[Symbol.asyncDispose]: close,
	};
}

/** The outside world as the author plays it, behind every check of the real one. */
const playedHttp = (world: {readonly http: ContractSample['http']}): HttpPort => ({
	async request({url, method, headers, body}) {
		if (world.http === undefined) {
			throw new FailureError(failure('CWS_PROVIDER_UNAVAILABLE', {message: `${url.host} does not answer.`}));
		}

		const answer = await world.http(url, {method, headers, ...(body !== undefined && {body: new TextDecoder().decode(body)})});
		const text = answer.body === undefined ? '' : typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
		return {
			status: answer.status ?? 200,
			headers: {'content-type': 'application/json', ...answer.headers},
			body: new TextEncoder().encode(text),
		};
	},
	async close() {},
});

const playedSecrets = (world: {readonly secrets: ContractSample['secrets']}): SecretStore => ({
	has: async ({name}) => ok(world.secrets?.[name] !== undefined),
	get: async ({name}) => ok(world.secrets?.[name]),
	set: async secret => ok({...secret, place: 'file'}),
	delete: async () => ok(false),
	list: async () => ok([]),
});
