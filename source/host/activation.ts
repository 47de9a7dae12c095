import {type Manifest} from '../core/manifest.ts';

/** Whether a call may start a plugin that is not running. */
export function activates({activation, contributes = {}}: Manifest, method: string): boolean {
	if (activation === undefined || method === 'health') {
		return true;
	}

	const dot = method.indexOf('.');
	const handler = method.slice(dot + 1);
	const own = {
		panes: (contributes.panes ?? []).filter(({view}) => view === handler).map(({id}) => `onPane:${id}`),
		commands: (contributes.commands ?? []).filter(one => one.handler === handler).map(({name}) => `onCommand:${name}`),
		endpoints: ['onEndpoint'],
		tasks: ['onTask'],
		services: [`onService:${handler.slice(0, handler.lastIndexOf('.'))}`],
	}[method.slice(0, dot)];
	return activation.some(event => event === 'onStartup' || event.startsWith('onResourceType:') || own?.includes(event));
}
