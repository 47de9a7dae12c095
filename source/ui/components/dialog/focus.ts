import {formatKey, type InputEvent} from '../../../keymap/key-event.ts';

/** The next stop of Tab, shift+Tab and the arrows; undefined when the event does not move the focus. */
export function moveFocus(stops: readonly string[], focus: string, event: InputEvent): string | undefined {
	if (event.type !== 'key') {
		return undefined;
	}

	switch (formatKey(event.key)) {
		case 'tab':
		case 'down':
		case 'right': {
			return step(stops, focus, 1);
		}

		case 'shift+tab':
		case 'up':
		case 'left': {
			return step(stops, focus, -1);
		}

		default: {
			return undefined;
		}
	}
}

export const isKey = (event: {readonly type: string}, ...names: readonly string[]): boolean =>
	event.type === 'key' && names.includes(formatKey((event as Extract<InputEvent, {type: 'key'}>).key));

function step(stops: readonly string[], focus: string, by: number): string {
	const index = stops.indexOf(focus);
	return index === -1 ? (stops[0] ?? focus) : stops[(index + by + stops.length) % stops.length]!;
}
