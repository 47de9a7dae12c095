import {createContext, useContext} from 'react';
import {type Theme} from './tokens.ts';

export const ThemeContext = createContext<Theme | undefined>(undefined);

/** The theme at work; behind a dialog it is the dimmed one. */
export function useTheme(): Theme {
	const theme = useContext(ThemeContext);
	if (theme === undefined) {
		throw new Error('No theme above this component');
	}

	return theme;
}
