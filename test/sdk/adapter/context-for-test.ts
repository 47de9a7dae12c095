import {type CallContext} from '../../../source/sdk/provider.ts';
import {type PluginContext} from '../../../source/sdk/plugin.ts';
import {adaptPlugin, type Adapted} from '../../../source/sdk/adapter/adapt-plugin.ts';
import {loadValidator} from '../../../source/core/schema/validate.ts';
import {manifestProblems} from '../../../source/host/manifest/check-manifest.ts';

const validate = await loadValidator();

export const call: CallContext = {signal: new AbortController().signal, progress() {}};

/** A context as the worker makes it, with what was logged. */
export function contextForTest(id: string, config: Readonly<Record<string, unknown>> = {}) {
	const logged: string[] = [];
	const say = (level: string) => (message: string) => logged.push(`${level} ${message}`);
	const context: PluginContext = {
		id,
		config,
		directories: {data: '/data', cache: '/cache'},
		log: {debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error')},
		events: {emit() {}},
		services: {get: async () => null},
		state: {get: async () => undefined, set: async () => {}},
		clock: {now: () => 0, sleep: async () => {}, every: () => () => {}},
		signal: call.signal,
	};
	return {context, logged};
}

/** The adapted plugin of a module whose manifest is one the host takes. */
export async function adapted(module: Readonly<Record<string, unknown>>): Promise<Adapted & {readonly problems: readonly string[]}> {
	const result = adaptPlugin(module);
	const problems = await manifestProblems({...result.manifest, main: 'index.js'}, {validate});
	return {...result, problems: problems.map(({pointer, message}) => `${pointer} ${message}`)};
}
