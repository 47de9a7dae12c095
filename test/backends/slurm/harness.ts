import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type OperationResult} from '../../../source/core/operation.ts';
import {type ProviderResource} from '../../../source/core/resource.ts';
import {type ResourceTarget} from '../../../source/sdk/provider.ts';
import {type PluginUnderTest, startPlugin} from '../../plugins/plugin-under-test.ts';
import {type Backend} from '../lib/start-backend.ts';
import {until} from '../lib/until.ts';

/** The plugin behind the real host, in front of a real cluster. */
export type SlurmHarness = {
	readonly backend: Backend;
	readonly plugin: PluginUnderTest;
	/** Where jobs run and write. */
	readonly directory: string;
	/** A program of Slurm, which looks at everything from the other side. */
	readonly slurm: (program: string, ...args: readonly string[]) => Promise<string>;
	readonly spec: (name: string, command: string, more?: object) => Spec;
	readonly deploy: (name: string, command: string, more?: object) => Promise<ResourceTarget>;
	readonly act: (action: string, target: ResourceTarget) => Promise<string>;
	readonly get: (target: ResourceTarget) => Promise<ProviderResource | null>;
	/** Waits until it is so, at the pace of the plugin. */
	readonly becomes: (target: ResourceTarget, status: string) => Promise<ProviderResource>;
	readonly rows: (type?: string) => Promise<readonly ProviderResource[]>;
	/** What `squeue` says of a job: its state and why it waits. */
	readonly state: (id: string) => Promise<string>;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

export type Spec = {
	readonly type: string;
	readonly name: string;
	readonly fields: Readonly<Record<string, unknown>>;
	readonly token: string;
};

export const account = 'real';

/** Options of the plugin for a cluster of the tests. */
export const slurmOptions = ({env}: Backend, more: object = {}) => ({
	discover: false,
	querySeconds: 1,
	clusters: {[account]: {conf: env['SLURM_CONF'], ...more}},
});

export async function startSlurmHarness(backend: Backend): Promise<SlurmHarness> {
	const directory = mkdtempSync(join(tmpdir(), 'cws-jobs-'));
	const plugin = await startPlugin('slurm', slurmOptions(backend, {corePerHour: 0.01, gpuPerHour: 1}));
	const slurm = async (program: string, ...args: readonly string[]) => backend.run(program, ...args);
	const spec = (name: string, command: string, more: object = {}): Spec => ({
		type: 'job',
		name,
		fields: {command, directory, ...more},
		token: `token of ${name}`,
	});
	const get = async (target: ResourceTarget) => plugin.value<ProviderResource | null>('provider.get', [target]);
	return {
		backend,
		plugin,
		directory,
		slurm,
		spec,
		get,
		async deploy(name, command, more) {
			const {id} = await plugin.value<OperationResult>('provider.deploy', ['slurm', spec(name, command, more)]);
			return {provider: 'slurm', type: 'job', id: id!, name, account};
		},
		act: async (action, target) => (await plugin.value<OperationResult>(`provider.${action}`, [target])).status,
		becomes: async (target, status) =>
			(await until(
				async () => get(target),
				row => row?.status === status,
			))!,
		rows: async (type = 'job') => (await plugin.list('slurm', type)).flatMap(({resources}) => resources),
		state: async id => slurm('squeue', '--noheader', '--states=all', `--jobs=${id}`, '--format=%T %r'),
		async [Symbol.asyncDispose]() {
			await plugin[Symbol.asyncDispose]();
			// What was cancelled writes its last line a moment later.
			rmSync(directory, {recursive: true, force: true, maxRetries: 50, retryDelay: 100});
		},
	};
}
