type Method = (...args: readonly unknown[]) => unknown;

const lifecycle: readonly string[] = ['validate', 'start', 'stop', 'shutdown'];

/** The function behind a method name of the protocol. Own properties only, so that no inherited name is ever callable. */
export function findMethod(plugin: object, name: string): Method | undefined {
	const [group, member, ...rest] = name.split('.');
	if (rest.length > 0) {
		return undefined;
	}

	if (member === undefined) {
		return group === 'health' ? ownFunction(plugin, 'health') : undefined;
	}

	if (group === 'lifecycle') {
		return lifecycle.includes(member) ? ownFunction(plugin, member) : undefined;
	}

	const provider: unknown = group === 'provider' && Object.hasOwn(plugin, 'provider') ? Reflect.get(plugin, 'provider') : undefined;
	return typeof provider === 'object' && provider !== null ? ownFunction(provider, member) : undefined;
}

/** Every name `findMethod` would find. */
export function methodNames(plugin: object): string[] {
	const provider: unknown = Object.hasOwn(plugin, 'provider') ? Reflect.get(plugin, 'provider') : undefined;
	const members = typeof provider === 'object' && provider !== null ? Object.keys(provider).map(name => `provider.${name}`) : [];
	return ['health', 'lifecycle.initialize', ...lifecycle.map(name => `lifecycle.${name}`), ...members].filter(name =>
		name === 'lifecycle.initialize' ? ownFunction(plugin, 'initialize') !== undefined : findMethod(plugin, name) !== undefined,
	);
}

export function ownFunction(owner: object, name: string): Method | undefined {
	const value: unknown = Object.hasOwn(owner, name) ? Reflect.get(owner, name) : undefined;
	return typeof value === 'function' ? (...args) => Reflect.apply(value, owner, args) as unknown : undefined;
}
