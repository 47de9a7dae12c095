import {createKeymap} from '../../../source/keymap/create-keymap.ts';
import {type KeyEvent} from '../../../source/keymap/key-event.ts';
import {type EngineState} from '../../../source/engine/state.ts';
import {loadThemes} from '../../../source/ui/theme/load-themes.ts';
import {createViewStore, type ViewStore} from '../../../source/ui/view/create-view-store.ts';
import {type Effect} from '../../../source/ui/view/effect.ts';
import {type ViewState} from '../../../source/ui/view/state.ts';
import {now} from './samples.ts';

export type TestStore = ViewStore & {
	/** Presses keys by their names: `j`, `shift+down`, `ctrl+c`; returns the effects. */
	readonly press: (...keys: readonly string[]) => readonly Effect[];
	/** Moves the clock without a tick. */
	readonly setTime: (time: number) => void;
	readonly setEngine: (state: EngineState) => void;
};

/** A view store over an engine state that the test sets by hand. */
export function createTestStore(state: EngineState, initial: Partial<ViewState> = {}): TestStore {
	let current = state;
	const listeners = new Set<() => void>();
	let time = initial.now ?? now;
	const store = createViewStore({
		clock: {now: () => time},
		engine: {
			getState: () => current,
			subscribe(listener) {
				listeners.add(listener);
				return () => {
					listeners.delete(listener);
				};
			},
		},
		keymap: createKeymap(),
		settings: {undoSeconds: 10, defaults: {}},
		validate: () => [],
		themes: loadThemes(),
		initial: {size: {columns: 120, rows: 36}, now, ...initial},
	});
	return {
		...store,
		press: (...keys) => keys.flatMap(key => store.dispatch({type: 'input', event: {type: 'key', key: keyOf(key)}})),
		dispatch(message) {
			time = message.type === 'tick' ? message.now : time;
			return store.dispatch(message);
		},
		setTime(next) {
			time = next;
		},
		setEngine(next) {
			current = next;
			for (const listener of listeners) {
				listener();
			}
		},
	};
}

export function keyOf(text: string): KeyEvent {
	const name = text.replace(/^((ctrl|alt|shift)\+)+/, '') || '+';
	const ctrl = text.startsWith('ctrl+');
	const isText = !ctrl && (name === 'space' || /^.$/u.test(name));
	return {name, ctrl, alt: text.includes('alt+'), shift: text.includes('shift+'), ...(isText ? {text: name === 'space' ? ' ' : name} : {})};
}
