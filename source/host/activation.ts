import {type Manifest} from '../core/manifest.ts';

// A person asks for these, and nobody means "only if it happens to run".
const asked: ReadonlySet<string> = new Set(['commands', 'storage', 'auth', 'templates']);

/** Whether a call may start a plugin that is not running. */
export function activates({activation, contributes = {}}: Manifest, method: string): boolean {
	if (activation === undefined || method === 'health' || asked.has(method.slice(0, method.indexOf('.')))) {
		return true;
	}

	const dot = method.indexOf('.');
	const handler = method.slice(dot + 1);
	const own = {
		panes: (contributes.panes ?? []).filter(({view}) => view === handler).map(({id}) => `onPane:${id}`),
		endpoints: ['onEndpoint'],
		tasks: ['onTask'],
		services: [`onService:${handler.slice(0, handler.lastIndexOf('.'))}`],
	}[method.slice(0, dot)];
	return activation.some(event => event === 'onStartup' || event.startsWith('onResourceType:') || own?.includes(event));
}
