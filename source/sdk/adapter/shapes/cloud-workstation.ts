import {type CommandContribution, type Contributions, type FlagContribution} from '../../../core/manifest/contributions.ts';
import {type Json} from '../../../core/schema/json.ts';
import {type CommandOutput, type EndpointRequest} from '../../handlers.ts';
import {type Adapted, type Shape} from '../adapt-plugin.ts';
import {coreServices} from '../core-services.ts';
import {healthOf} from '../health.ts';
import {hasMember, isBag, isClass, isRecord, listOf, member, method, type Method, numberOf, quietly, text, texts} from '../member.ts';
import {camelCase, dashed, titleOf, versionOf} from '../names.ts';
import {responseOf} from '../routes.ts';

/** CloudWorkstation's interface: `Capabilities` says what there is, handlers are named, one method runs them or each is a method. */
export const adaptCloudWorkstation: Shape = module => {
	const made = module['Plugin'] ?? module['plugin'] ?? module['NewPlugin'] ?? module['default'];
	const target: unknown = isClass(made)
		? hasMember(made.prototype, 'capabilities')
			? new made()
			: undefined
		: typeof made === 'function'
			? quietly(() => (made as () => unknown)(), undefined)
			: made;
	if (!isBag(target) || !hasMember(target, 'capabilities')) {
		return undefined;
	}

	const answer = member(target, 'capabilities');
	const capabilities = typeof answer === 'function' ? (Reflect.apply(answer, target, []) as unknown) : answer;
	const name = text(target, 'name') ?? 'unnamed';
	const id = dashed(name);
	const commands = listOf(capabilities, 'cli_commands').filter(isRecord);
	const endpoints = listOf(capabilities, 'api_endpoints').filter(isRecord);
	const events = listOf(capabilities, 'event_handlers').filter(isRecord);
	return {
		manifest: manifestOf(target, id, contributionsOf(capabilities)),
		plugin: {
			async initialize(context) {
				await method(target, 'initialize')?.(coreServices(context), context.config);
			},
			start: async () => void (await method(target, 'start')?.({})),
			stop: async () => void (await method(target, 'stop')?.({})),
			health: async () => healthOf(await method(target, 'health')?.()),
			commands: byHandler(commands, handler => async ({args, flags}, call) => {
				const context = {
					args,
					flags,
					signal: call.signal,
					GetFlag: (flag: string) => flags[camelCase(flag)],
					getFlag: (flag: string) => flags[camelCase(flag)],
				};
				return outputOf(
					await dispatch(target, {one: 'execute_cli_command', what: 'command', handler}, [context, handler, args], [context, args]),
				);
			}),
			endpoints: byHandler(endpoints, handler => async (request: EndpointRequest, call) => {
				const context = {signal: call.signal};
				return responseOf(
					await dispatch(target, {one: 'execute_api_endpoint', what: 'API', handler}, [context, handler, request], [context, request]),
				);
			}),
			events: byHandler(events, handler => async event => {
				const one = method(target, 'handle_event');
				// An event it does not know is nothing to it.
				await (one === undefined ? method(target, handler)?.(event) : one({}, event.type, event));
			}),
		},
	};
};

function manifestOf(target: unknown, id: string, contributes: Contributions): Adapted['manifest'] {
	const [description, author] = [text(target, 'description'), text(target, 'author')];
	return {
		id,
		version: versionOf(text(target, 'version')),
		title: titleOf(id),
		...(description !== undefined && {description}),
		...(author !== undefined && {author}),
		kind: (contributes.authProviders?.length ?? 0) > 0 ? 'auth' : 'system',
		api: 1,
		contributes,
	};
}

/** Its lists under our names; an empty one is left out. */
function contributionsOf(capabilities: unknown): Contributions {
	const records = (name: string) => listOf(capabilities, name).filter(isRecord);
	const all: Contributions = {
		commands: records('cli_commands').map(spec => commandOf(spec)),
		flags: records('cli_flags').map(spec => flagOf(spec)),
		endpoints: records('api_endpoints').map(spec => {
			const [rateLimit, permissions] = [numberOf(spec, 'rate_limit'), texts(listOf(spec, 'permissions'))];
			return {
				method: (text(spec, 'method') ?? 'GET').toUpperCase() as 'GET',
				path: text(spec, 'path') ?? '/',
				// Nothing said meant public there; here a missing word is no permission.
				protected: true,
				...(permissions.length > 0 && {permissions}),
				...(rateLimit !== undefined && rateLimit >= 1 && {rateLimit}),
				handler: handlerOf(spec),
			};
		}),
		events: records('event_handlers').map(spec => ({on: text(spec, 'event_type') ?? text(spec, 'type') ?? '*', handler: handlerOf(spec)})),
		templateTypes: texts(listOf(capabilities, 'template_types')).map(type => ({
			type,
			section: `${type.replace(/_?template$/, '') || type}_config`,
			schema: {type: 'object'},
		})),
		serviceTypes: texts(listOf(capabilities, 'service_types')).map(type => ({type, resourceType: /job/.test(type) ? 'job' : 'service'})),
		themes: records('theme_providers').map(spec => ({
			name: dashed(text(spec, 'name') ?? 'theme'),
			theme: (member(spec, 'theme') ?? {}) as Readonly<Record<string, Json>>,
		})),
		authProviders: records('auth_providers').map(spec => ({
			id: dashed(text(spec, 'name') ?? 'auth'),
			title: titleOf(dashed(text(spec, 'name') ?? 'auth')),
			flows: ['browser'],
			handler: handlerOf(spec),
		})),
		storageProviders: records('storage_providers').map(spec => ({
			id: dashed(text(spec, 'name') ?? 'storage'),
			title: titleOf(dashed(text(spec, 'name') ?? 'storage')),
			operations: ['create', 'list', 'attach', 'detach', 'delete'],
			handler: handlerOf(spec),
		})),
	};
	return Object.fromEntries(Object.entries(all).filter(([, entries]) => entries.length > 0));
}

function commandOf(spec: Readonly<Record<string, unknown>>): CommandContribution {
	const fields = ['usage', 'long', 'parent'].map(field => [field, text(spec, field)] as const).filter(([, value]) => value !== undefined);
	const aliases = texts(listOf(spec, 'aliases'));
	const flags = listOf(spec, 'flags').filter(isRecord);
	return {
		name: dashed(text(spec, 'name') ?? 'unnamed'),
		short: text(spec, 'short') ?? titleOf(dashed(text(spec, 'name') ?? 'unnamed')),
		...(Object.fromEntries(fields) as Partial<CommandContribution>),
		...(aliases.length > 0 && {aliases}),
		...(flags.length > 0 && {flags: flags.map(flag => flagOf(flag))}),
		handler: handlerOf(spec),
	};
}

function flagOf(spec: Readonly<Record<string, unknown>>): FlagContribution {
	const type = text(spec, 'type') ?? 'string';
	const fallback = member(spec, 'default');
	const short = text(spec, 'usage') ?? text(spec, 'description');
	return {
		name: camelCase(text(spec, 'name') ?? 'flag'),
		type: type.startsWith('bool') ? 'boolean' : /^(u?int|float|number)/.test(type) ? 'number' : 'string',
		...(short !== undefined && {short}),
		...(['string', 'number', 'boolean'].includes(typeof fallback) && {default: fallback as string}),
	};
}

const handlerOf = (spec: unknown): string =>
	text(spec, 'handler') ?? camelCase(text(spec, 'name') ?? text(spec, 'event_type') ?? 'handler');

const byHandler = <Handler>(specs: readonly unknown[], make: (handler: string) => Handler): Readonly<Record<string, Handler>> =>
	Object.fromEntries(specs.map(spec => handlerOf(spec)).map(handler => [handler, make(handler)]));

/** By the one method that runs all, or by the method of the handler's name. */
function dispatch(
	target: unknown,
	{one, what, handler}: {readonly one: string; readonly what: string; readonly handler: string},
	all: readonly unknown[],
	own: readonly unknown[],
): unknown {
	const call: Method | undefined = method(target, one);
	const direct = method(target, handler);
	if (call === undefined && direct === undefined) {
		throw new Error(`unknown ${what} handler: ${handler}`);
	}

	return call === undefined ? direct!(...own) : call(...all);
}

function outputOf(answer: unknown): CommandOutput {
	if (typeof answer === 'string') {
		return {text: answer};
	}

	const [output, data, exitCode] = [text(answer, 'output') ?? text(answer, 'text'), member(answer, 'data'), numberOf(answer, 'exit_code')];
	return {
		...(output !== undefined && {text: output}),
		...(data !== undefined && {data: data as Json}),
		...(exitCode !== undefined && {exitCode}),
	};
}
