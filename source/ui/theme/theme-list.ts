import {type ThemeDefinition} from './tokens.ts';

/** The themes there are now: those of plugins come and go while the dashboard is open. */
export type ThemeList = {
	readonly get: () => readonly ThemeDefinition[];
	readonly set: (themes: readonly ThemeDefinition[]) => void;
	readonly subscribe: (listener: () => void) => () => void;
};

export function createThemeList(first: readonly ThemeDefinition[]): ThemeList {
	const listeners = new Set<() => void>();
	let themes = first;
	return {
		get: () => themes,
		set(next) {
			themes = next;
			for (const listener of listeners) {
				listener();
			}
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
	};
}
