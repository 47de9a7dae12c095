import {type ProviderResource, type ResourceChange, type ResourceStatus} from 'cws/sdk';
import {type Entry, generateWorld, rawStatusOf} from './generate.ts';

export type Address = {readonly provider: string; readonly type: string; readonly id: string};

/** Everything the fake providers have. */
export type World = {
	readonly list: (provider: string, type: string) => readonly ProviderResource[];
	readonly get: (address: Address) => ProviderResource | undefined;
	readonly findByName: (provider: string, type: string, name: string) => ProviderResource | undefined;
	readonly put: (provider: string, resource: ProviderResource) => void;
	/** Changes a resource that is still there. */
	readonly patch: (address: Address, patch: Partial<ProviderResource>) => void;
	readonly setStatus: (address: Address, status: ResourceStatus, statusReason?: string) => void;
	readonly remove: (address: Address) => void;
	readonly count: () => number;
	/** The resource at a position, for who picks one by chance. */
	readonly at: (position: number) => Entry | undefined;
	/** While an operation holds a resource, nothing else happens to it. */
	readonly hold: (address: Address) => Disposable | undefined;
	readonly isHeld: (address: Address) => boolean;
	readonly subscribe: (listener: (change: ResourceChange) => void) => () => void;
};

export function createWorld(options: Parameters<typeof generateWorld>[0]): World {
	const sources = new Map<string, Map<string, ProviderResource>>();
	// For who picks one by chance; the gap of a removed one is filled by the last.
	const addresses: Address[] = [];
	const held = new Set<string>();
	const listeners = new Set<(change: ResourceChange) => void>();

	const sourceOf = ({provider, type}: Pick<Address, 'provider' | 'type'>) => sources.get(`${provider}/${type}`);

	const add = (provider: string, resource: ProviderResource) => {
		const {type, id} = resource;
		const source = sourceOf({provider, type}) ?? new Map<string, ProviderResource>();
		sources.set(`${provider}/${type}`, source);
		if (!source.has(id)) {
			addresses.push({provider, type, id});
		}

		source.set(id, resource);
	};

	const tell = (change: ResourceChange) => {
		for (const listener of listeners) {
			listener(change);
		}
	};

	const put = (provider: string, resource: ProviderResource) => {
		add(provider, resource);
		tell({change: 'upsert', provider, resource});
	};

	const get = (address: Address) => sourceOf(address)?.get(address.id);

	const patch = (address: Address, change: Partial<ProviderResource>) => {
		const resource = get(address);
		if (resource !== undefined) {
			put(address.provider, {...resource, ...change});
		}
	};

	for (const {provider, resource} of generateWorld(options)) {
		add(provider, resource);
	}

	return {
		list: (provider, type) => [...(sourceOf({provider, type})?.values() ?? [])],
		get,
		findByName: (provider, type, name) =>
			sourceOf({provider, type})
				?.values()
				.find(resource => resource.name === name),
		put,
		patch,
		setStatus(address, status, statusReason) {
			patch(address, {status, rawStatus: rawStatusOf(address.type, status), statusReason});
		},
		remove(address) {
			const resource = get(address);
			if (resource === undefined) {
				return;
			}

			sourceOf(address)!.delete(address.id);
			const position = addresses.findIndex(one => one.id === address.id && one.type === address.type && one.provider === address.provider);
			const last = addresses.pop()!;
			if (position < addresses.length) {
				addresses[position] = last;
			}

			const {provider, type, id} = address;
			tell({change: 'remove', provider, type, id, account: resource.account, region: resource.region});
		},
		count: () => addresses.length,
		at(position) {
			const address = addresses[position];
			const resource = address && get(address);
			return resource && {provider: address.provider, resource};
		},
		hold(address) {
			const key = keyOf(address);
			if (held.has(key)) {
				return undefined;
			}

			held.add(key);
			return {
				[Symbol.dispose]() {
					held.delete(key);
				},
			};
		},
		isHeld: address => held.has(keyOf(address)),
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
	};
}

const keyOf = ({provider, type, id}: Address): string => `${provider}/${type}/${id}`;
