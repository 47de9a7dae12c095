import {type KeyScope} from '../../keymap/binding.ts';
import {screenScopes} from '../screens/screen.ts';
import {type PaneId, type ViewState} from './state.ts';

const paneScopes: Readonly<Record<PaneId, readonly KeyScope[]>> = {
	plugins: ['plugins', 'list', 'global'],
	resources: ['resources', 'list', 'global'],
	cost: ['cost', 'global'],
	activity: ['activity', 'list', 'global'],
};

/** The places a key is looked up in, the nearest first. Overlays take every key themselves. */
export function scopesOf({focus, screens}: Pick<ViewState, 'focus' | 'screens'>): readonly KeyScope[] {
	const screen = screens.at(-1);
	return screen === undefined ? paneScopes[focus] : [...screenScopes[screen.kind], 'global'];
}

/** What moves between panes means nothing while a screen covers them. */
export const isPaneCommand = (command: string): boolean =>
	/^global\.(focus\w+|nextPane|previousPane|zoom|filter|cancel|back)$/.test(command);
