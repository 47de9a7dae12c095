type Method = (...args: readonly unknown[]) => unknown;

const lifecycle: readonly string[] = ['validate', 'start', 'stop', 'shutdown'];
/** Records of handlers by name: `commands.report`. */
const flatGroups: readonly string[] = ['provider', 'commands', 'endpoints', 'events', 'tasks', 'middleware', 'panes', 'templates'];
/** Records of records: `services.pricing.quote`; the name may have dots, the method may not. */
const deepGroups: readonly string[] = ['services', 'storage', 'auth'];
const taskParts: ReadonlySet<string> = new Set(['setup', 'run', 'cleanup']);

/** The function behind a method name of the protocol. Own properties only, so that no inherited name is ever callable. */
export function findMethod(plugin: object, name: string): Method | undefined {
	const [group, member] = split(name, name.indexOf('.'));
	if (member === undefined) {
		return group === 'health' ? ownFunction(plugin, 'health') : undefined;
	}

	if (group === 'lifecycle') {
		return lifecycle.includes(member) ? ownFunction(plugin, member) : undefined;
	}

	const handlers = flatGroups.includes(group) || deepGroups.includes(group) ? ownObject(plugin, group) : undefined;
	if (handlers === undefined) {
		return undefined;
	}

	if (group === 'panes') {
		return paneMethod(ownFunction(handlers, member));
	}

	const [owner, method] = split(member, member.lastIndexOf('.'));
	if (deepGroups.includes(group)) {
		return method === undefined ? undefined : inner(handlers, owner, method);
	}

	return (
		ownFunction(handlers, member) ??
		(group !== 'tasks'
			? undefined
			: method === undefined
				? inner(handlers, member, 'run')
				: taskParts.has(method)
					? inner(handlers, owner, method)
					: undefined)
	);
}

/** Every name `findMethod` would find. */
export function methodNames(plugin: object): string[] {
	const flat = flatGroups.flatMap(group => namesOf(plugin, group).map(name => `${group}.${name}`));
	const deep = [...deepGroups, 'tasks'].flatMap(group => {
		const handlers = ownObject(plugin, group);
		return namesOf(plugin, group).flatMap(name => namesOf(handlers!, name).map(method => `${group}.${name}.${method}`));
	});
	return ['health', 'lifecycle.initialize', ...lifecycle.map(name => `lifecycle.${name}`), ...flat, ...deep].filter(name =>
		name === 'lifecycle.initialize' ? ownFunction(plugin, 'initialize') !== undefined : findMethod(plugin, name) !== undefined,
	);
}

export function ownFunction(owner: object, name: string): Method | undefined {
	const value: unknown = Object.hasOwn(owner, name) ? Reflect.get(owner, name) : undefined;
	return typeof value === 'function' ? (...args) => Reflect.apply(value, owner, args) as unknown : undefined;
}

/** A pane gets its call alone; the resource it stands beside is a part of that. */
const paneMethod = (pane: Method | undefined): Method | undefined =>
	pane && ((...given) => pane(given.length < 2 ? given[0] : {...(given[1] as object), ...(given[0] as object)}));

function ownObject(owner: object, name: string): object | undefined {
	const value: unknown = Object.hasOwn(owner, name) ? Reflect.get(owner, name) : undefined;
	return typeof value === 'object' && value !== null ? value : undefined;
}

function inner(handlers: object, name: string, method: string): Method | undefined {
	const owner = ownObject(handlers, name);
	return owner === undefined ? undefined : ownFunction(owner, method);
}

const namesOf = (owner: object, name: string): string[] => Object.keys(ownObject(owner, name) ?? {});

const split = (name: string, at: number): readonly [string, string?] => (at === -1 ? [name] : [name.slice(0, at), name.slice(at + 1)]);
