import {type EventLevel, type NewEvent} from '../core/event.ts';

export const levels: readonly EventLevel[] = ['debug', 'info', 'warn', 'error'];

/** An event as a plugin sent it; undefined when it lacks its words. */
export function readEvent(plugin: string, body: unknown): NewEvent | undefined {
	const event = (typeof body === 'object' && body !== null ? body : {}) as Partial<NewEvent>;
	if (typeof event.type !== 'string' || typeof event.message !== 'string') {
		return undefined;
	}

	return {
		...(typeof event.ref === 'string' && {ref: event.ref}),
		...(typeof event.provider === 'string' && {provider: event.provider}),
		...(typeof event.data === 'object' && event.data !== null && {data: event.data}),
		type: event.type,
		message: event.message,
		subject: typeof event.subject === 'string' ? event.subject : plugin,
		plugin,
		level: levels.find(level => level === event.level) ?? 'info',
	};
}
