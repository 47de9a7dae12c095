import assert from 'node:assert/strict';
import {type Outcome} from '../../source/core/failure/outcome.ts';
import {type PluginCall} from '../../source/core/ports/plugin-host.ts';
import {type ProviderResource} from '../../source/core/resource.ts';
import {type ListPage, type ResourceTarget} from '../../source/sdk/provider.ts';
import {type ContractSubject} from '../../source/testing/contract/contract.ts';
import {type HostForTest, hostForTest} from '../helpers/host-for-test.ts';

/** One plugin behind the real host. */
export type PluginUnderTest = Pick<HostForTest, 'home'> &
	Omit<ContractSubject, 'another'> & {
		readonly another: (options: Readonly<Record<string, unknown>>) => Promise<PluginUnderTest>;
		readonly call: <Result>(method: string, args: readonly unknown[], more?: Partial<PluginCall>) => Promise<Outcome<Result>>;
		/** The value of a call that has to succeed. */
		readonly value: <Result>(method: string, args: readonly unknown[]) => Promise<Result>;
		readonly list: (provider: string, type: string) => Promise<readonly ListPage[]>;
		readonly targetOf: (provider: string, type: string, id: string) => Promise<ResourceTarget>;
		readonly [Symbol.asyncDispose]: () => Promise<void>;
	};

export async function startPlugin(plugin: string, options: Readonly<Record<string, unknown>> = {}): Promise<PluginUnderTest> {
	const running = await hostForTest([plugin], {pluginOptions: {[plugin]: options}});
	const {host, home} = running;

	const call: PluginUnderTest['call'] = async (method, args, more) => host.call({plugin, method, args, ...more});

	const value: PluginUnderTest['value'] = async <Result>(method: string, args: readonly unknown[]) => {
		const outcome = await call<Result>(method, args);
		assert.ok(outcome.ok, outcome.ok ? '' : `${method}: ${outcome.error.code} ${outcome.error.message} ${outcome.error.cause ?? ''}`);
		return outcome.value;
	};

	const started = await host.start(plugin);
	assert.ok(started.ok, JSON.stringify(started));
	return {
		host,
		home,
		plugin,
		another: own => startPlugin(plugin, own),
		record: () => host.records().find(({id}) => id === plugin)!,
		call,
		value,
		async list(provider, type) {
			const pages: ListPage[] = [];
			for await (const chunk of host.stream<ListPage>({plugin, method: 'provider.list', args: [{provider, type}]})) {
				assert.ok(chunk.ok, JSON.stringify(chunk));
				pages.push(...chunk.value);
			}

			return pages;
		},
		async targetOf(provider, type, id) {
			const {name, account, region} = await value<ProviderResource>('provider.get', [{provider, type, id, name: ''}]);
			return {provider, type, id, name, ...(account !== undefined && {account}), ...(region !== undefined && {region})};
		},
		[Symbol.asyncDispose]: async () => running[Symbol.asyncDispose](),
	};
}
