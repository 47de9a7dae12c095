export type Method = (...args: readonly unknown[]) => unknown;

/**
A member of an older plugin, in whatever style it was written: `get_scheduled_tasks`, `getScheduledTasks` and `GetScheduledTasks` are
one. Inherited ones count, as these plugins are classes, but not what every object has.
*/
export function member(target: unknown, name: string): unknown {
	const wanted = plain(name);
	for (const owner of chain(target)) {
		const key = Object.getOwnPropertyNames(owner).find(own => own !== 'constructor' && plain(own) === wanted);
		if (key !== undefined) {
			return Reflect.get<object, string>(owner, key, target);
		}
	}

	return undefined;
}

/** A method bound to its plugin; undefined when there is none. */
export function method(target: unknown, name: string): Method | undefined {
	const value = member(target, name);
	return typeof value === 'function' ? (...args) => Reflect.apply(value, target, args) as unknown : undefined;
}

/** A text that is a field in one style and a method in another: `name`, `Name()`. */
export function text(target: unknown, name: string): string | undefined {
	const value = member(target, name);
	const answer: unknown = typeof value === 'function' ? Reflect.apply(value, target, []) : value;
	return typeof answer === 'string' && answer !== '' ? answer : undefined;
}

export function numberOf(target: unknown, name: string): number | undefined {
	const value = member(target, name);
	return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function listOf(target: unknown, name: string): readonly unknown[] {
	const value = member(target, name);
	return Array.isArray(value) ? value : [];
}

export const texts = (values: readonly unknown[]): readonly string[] =>
	values.filter((value): value is string => typeof value === 'string');

export const isBag = (value: unknown): value is Readonly<Record<string, unknown>> =>
	(typeof value === 'object' && value !== null) || typeof value === 'function';

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether it has to be made with `new`. */
export const isClass = (value: unknown): value is new (...args: readonly unknown[]) => object =>
	typeof value === 'function' &&
	isBag(value.prototype) &&
	// The prototype of a class cannot be replaced, that of a function can.
	(Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false || Object.getOwnPropertyNames(value.prototype).length > 1);

/** Without reading it: an accessor of a class must not run on its prototype. */
export function hasMember(value: unknown, name: string): boolean {
	const wanted = plain(name);
	return chain(value).some(owner => Object.getOwnPropertyNames(owner).some(own => plain(own) === wanted));
}

/** The names of its methods and fields, inherited ones too. */
export const namesOf = (value: object): readonly string[] => [
	...new Set(chain(value).flatMap(owner => Object.getOwnPropertyNames(owner).filter(name => name !== 'constructor'))),
];

/** An object and what it inherits from, without what every object has. */
function chain(value: unknown): readonly object[] {
	const owners: object[] = [];
	const ends = new Set<unknown>([Object.prototype, Function.prototype, null]);
	for (let owner: unknown = isBag(value) ? value : null; !ends.has(owner); owner = Object.getPrototypeOf(owner)) {
		owners.push(owner as object);
	}

	return owners;
}

/** Asked before they were started, older plugins may have nothing to say yet. */
export function quietly<Value>(ask: () => Value, otherwise: Value): Value {
	try {
		return ask();
	} catch {
		return otherwise;
	}
}

const plain = (name: string): string => name.replaceAll(/[_-]/g, '').toLowerCase();
