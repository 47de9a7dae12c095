import {type LayerEvent} from '../../overlays/overlay.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ScrollMove} from '../../components/scroll-text/scroll.ts';
import {type TextSearch} from '../../components/scroll-text/text-search.ts';
import {type KeyScope} from '../../../keymap/binding.ts';

const moves: Readonly<Record<string, ScrollMove>> = {
	'list.down': 'down',
	'list.up': 'up',
	'list.first': 'top',
	'list.last': 'bottom',
	'list.pageDown': 'pageDown',
	'list.pageUp': 'pageUp',
	'list.halfDown': 'halfDown',
	'list.halfUp': 'halfUp',
};

/** The command of a key on a screen: its own places first, then movement, then the way back. */
export function screenCommand(event: LayerEvent, scopes: readonly KeyScope[], {keymap}: ViewContext): string | undefined {
	if (event.type !== 'key') {
		return undefined;
	}

	const command = keymap.match([...scopes, 'list'], event.key)?.command;
	if (command !== undefined) {
		return command;
	}

	const back = keymap.match(['global'], event.key)?.command;
	return back === 'global.back' || back === 'global.cancel' ? 'back' : undefined;
}

export const moveOf = (command: string | undefined): ScrollMove | undefined => (command === undefined ? undefined : moves[command]);

/** There is no next match where nothing is searched for. */
export const isSearchOff = ({search}: {readonly search: TextSearch}, command: string): boolean =>
	(command === 'text.next' || command === 'text.previous') && search.field.value === '';
