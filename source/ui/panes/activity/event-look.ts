import {type CwsEvent} from '../../../core/event.ts';
import {type Token} from '../../theme/tokens.ts';

const good: ReadonlySet<string> = new Set([
	'launched',
	'created',
	'started',
	'resumed',
	'running',
	'enabled',
	'recovered',
	'undone',
	'verified',
]);
const paused: ReadonlySet<string> = new Set(['hibernated', 'stopped', 'hibernate']);

/** The one word of an event's dotted type that says what happened: `health` of `plugin.health.changed`. */
export function eventWord(type: string): string {
	const words = type.split('.').filter(word => word !== 'changed');
	return words.at(-1) ?? type;
}

export function eventToken({level, type}: CwsEvent): Token {
	if (level === 'error') {
		return 'event.error';
	}

	if (level === 'warn') {
		return 'event.warn';
	}

	const word = eventWord(type);
	return good.has(word) ? 'event.good' : paused.has(word) ? 'status.hibernated' : 'event.info';
}
