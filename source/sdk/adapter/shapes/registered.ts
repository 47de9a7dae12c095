import {hasMember, isClass, isRecord, text} from '../member.ts';

export type ProviderClass = new (config: object, dryRun: boolean, services?: object) => object;

export type RegisteredProvider = {readonly name: string; readonly type: ProviderClass};

/**
The provider class of a module, with its name: `export default registerProvider('my-cloud', MyCloud)`, a `registerProvider(register)`
that is called with a function, or a class exported as `provider`, as `Provider` or as the default, named by a `name` beside it or on it.
*/
export function findRegistered(module: Readonly<Record<string, unknown>>): RegisteredProvider | undefined {
	const own = module['default'];
	if (isRecord(own) && typeof own['registeredProvider'] === 'string' && isProviderClass(own['type'])) {
		return {name: own['registeredProvider'], type: own['type']};
	}

	let registered: RegisteredProvider | undefined;
	const register = module['registerProvider'] ?? module['register_provider'];
	if (typeof register === 'function' && !isClass(register)) {
		(register as (register: (name: unknown, type: unknown) => void) => void)((name, type) => {
			if (typeof name === 'string' && isProviderClass(type)) {
				registered ??= {name, type};
			}
		});
	}

	if (registered !== undefined) {
		return registered;
	}

	const type = [module['provider'], module['Provider'], own].find(candidate => isProviderClass(candidate));
	return isProviderClass(type) ? {name: nameOf(module, type), type} : undefined;
}

const isProviderClass = (value: unknown): value is ProviderClass =>
	isClass(value) && ['deploy', 'list', 'destroy'].every(name => hasMember(value.prototype, name));

/** Of a class without another name its own, without the word that says what it is. */
const nameOf = (module: Readonly<Record<string, unknown>>, type: ProviderClass): string =>
	text(module, 'name') ?? text(type, 'provider_name') ?? (type.name.replace(/Provider$/, '') || type.name || 'unnamed');
