import {type PluginContext} from '../../../sdk/plugin.ts';
import {type Outbox} from '../outbox.ts';
import {type Requests} from '../requests.ts';
import {type Timers} from '../timers.ts';
import {createClock} from './create-clock.ts';
import {createEvents} from './create-events.ts';
import {createExec} from './create-exec.ts';
import {createHttp} from './create-http.ts';
import {createFiles} from './create-files.ts';
import {createServices} from './create-services.ts';

export type CapabilityParts = {
	readonly outbox: Outbox;
	readonly requests: Requests;
	readonly timers: Timers;
	/** Aborts when the plugin is stopped. */
	readonly signal: AbortSignal;
	readonly log: PluginContext['log'];
};

/**
The live objects of a plugin's context. Each only puts a request into words; whether it is allowed the host decides, every time.
What was not granted is absent, so that a plugin sees it before it asks.
*/
export function createCapabilities(
	granted: readonly string[],
	{outbox, requests, timers, signal, log}: CapabilityParts,
): Omit<PluginContext, 'id' | 'config' | 'directories'> {
	const ask =
		<Result>(method: string) =>
		(...args: readonly unknown[]): Promise<Result> =>
			requests.call(method, args) as Promise<Result>;
	const has = (capability: string): boolean => granted.some(method => method.startsWith(`${capability}.`));
	return freezeMembers({
		log,
		signal,
		events: createEvents(outbox),
		services: createServices(requests),
		clock: createClock(timers, signal),
		state: {get: ask('state.get'), set: ask('state.set')},
		...(has('http') && {http: createHttp(requests)}),
		...(has('exec') && {exec: createExec(requests, granted.includes('exec.interactive'))}),
		...(has('fs') && {fs: createFiles(requests)}),
		...(has('env') && {env: {get: async (name: string) => absent(await requests.call('env.get', [name])) as string | undefined}}),
		...(has('secrets') && {
			secrets: {
				has: ask<boolean>('secrets.has'),
				request: ask<boolean>('secrets.request'),
				...(granted.includes('secrets.read') && {read: ask<string>('secrets.read')}),
			},
		}),
		...(has('store') && {
			store: {
				get: async (key: string) => absent(await requests.call('store.get', [key])),
				set: ask<void>('store.set'),
				delete: ask<void>('store.delete'),
				list: ask<readonly string[]>('store.list'),
			},
		}),
		...(has('ui') && {
			ui: {
				notify: ask<void>('ui.notify'),
				confirm: ask<boolean>('ui.confirm'),
				prompt: async (question: string) => absent(await requests.call('ui.prompt', [question])) as string | undefined,
				status: ask<void>('ui.status'),
			},
		}),
	});
}

/** A value that JSON cannot leave out comes as `null`. */
const absent = (value: unknown): unknown => value ?? undefined;

function freezeMembers<Value extends object>(context: Value): Value {
	for (const member of Object.values(context)) {
		if (!(member instanceof AbortSignal)) {
			Object.freeze(member);
		}
	}

	return context;
}
