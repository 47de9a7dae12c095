import {type OperationResult} from '../../../source/core/operation.ts';
import {type ProviderResource} from '../../../source/core/resource.ts';
import {type ResourceTarget} from '../../../source/sdk/provider.ts';
import {type PluginUnderTest, startPlugin} from '../../plugins/plugin-under-test.ts';
import {type Backend} from './start-backend.ts';

export type EngineUnderTest = {
	readonly backend: Backend;
	/** The command of the engine, which looks at everything from the other side. */
	readonly cli: (...args: readonly string[]) => Promise<string>;
	/** The process that answers the API. */
	readonly daemon: string;
	/** As its health says it. */
	readonly engine: RegExp;
	/** Whether its containers end with it. */
	readonly containersDie: boolean;
	/** Whether it makes folders of its machine that a mount names and that are not there. */
	readonly makesFolders: boolean;
};

type Spec = {readonly type: string; readonly name: string; readonly fields: Readonly<Record<string, unknown>>; readonly token: string};

/** The plugin behind the real host, in front of a real engine. */
export type EngineHarness = EngineUnderTest & {
	readonly running: PluginUnderTest;
	readonly url: string;
	readonly image: string;
	readonly spec: (name: string, command: string, more?: object) => Spec;
	readonly deploy: (name: string, command: string, more?: object) => Promise<ResourceTarget>;
	/** How an operation ended. */
	readonly act: (action: string, target: ResourceTarget) => Promise<string>;
	readonly get: (target: ResourceTarget) => Promise<ProviderResource | null>;
	readonly rows: (type?: string) => Promise<readonly ProviderResource[]>;
	/** What the engine's own command says of a container. */
	readonly inspect: (id: string, format: string) => Promise<string>;
	readonly state: (id: string) => Promise<string>;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

export async function startEngineHarness(engine: EngineUnderTest): Promise<EngineHarness> {
	const {backend, cli} = engine;
	const url = backend.env['DOCKER_HOST']!;
	const image = backend.env['CWS_DOCKER_IMAGE']!;
	const running = await startPlugin('docker', {discover: false, hosts: {main: {url}}, stopGraceSeconds: 2, statsSeconds: 1});
	const spec = (name: string, command: string, more: object = {}): Spec => ({
		type: 'container',
		name,
		fields: {image, command, network: 'none', ...more},
		token: `token-of-${name}`,
	});
	const inspect = async (id: string, format: string) => cli('inspect', '--format', format, id);
	return {
		...engine,
		running,
		url,
		image,
		spec,
		inspect,
		async deploy(name, command, more) {
			const {id} = await running.value<OperationResult>('provider.deploy', ['docker', spec(name, command, more)]);
			return {provider: 'docker', type: 'container', id: id!, name, account: 'main'};
		},
		act: async (action, target) => (await running.value<OperationResult>(`provider.${action}`, [target])).status,
		get: async target => running.value('provider.get', [target]),
		rows: async (type = 'container') => (await running.list('docker', type)).flatMap(({resources}) => resources),
		state: async id => inspect(id, '{{.State.Status}}'),
		[Symbol.asyncDispose]: async () => running[Symbol.asyncDispose](),
	};
}
