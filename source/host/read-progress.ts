import {type PluginProgress} from '../core/ports/plugin-host.ts';

/** Progress as a plugin sent it, without what is not a number or a text. */
export function readProgress(body: unknown): PluginProgress {
	const {done, total, message} = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
	return {
		...(typeof done === 'number' && {done}),
		...(typeof total === 'number' && {total}),
		...(typeof message === 'string' && {message}),
	};
}
