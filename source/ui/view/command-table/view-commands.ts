import {type KeyScope} from '../../../keymap/binding.ts';
import {type Keymap} from '../../../keymap/keymap.ts';
import {type CommandItem} from '../command-item.ts';
import {type ViewContext, type ViewUpdate} from '../context.ts';
import {type ViewState} from '../state.ts';
import {withToast} from '../activity/toasts.ts';
import {activityCommands} from './activity-commands.ts';
import {globalCommands} from './global-commands.ts';
import {listCommands} from './list-commands.ts';
import {markCommands} from './mark-commands.ts';
import {operationCommands} from './operation-commands.ts';
import {pluginCommands} from './plugin-commands.ts';
import {resourceCommands} from './resource-commands.ts';
import {only, type ViewCommands} from './view-command.ts';

/** Every command of the view by its id; the binding table gives them titles and keys. */
export const viewCommands: ViewCommands = {
	...globalCommands,
	...listCommands,
	...resourceCommands,
	...markCommands,
	...operationCommands,
	...pluginCommands,
	...activityCommands,
};

/** Runs a command, or says why it cannot run. */
export function runCommand(id: string, view: ViewState, context: ViewContext, argument?: string): ViewUpdate {
	const command = viewCommands[id];
	if (command === undefined) {
		return only(view);
	}

	const reason = command.disabledReason?.(view, context, argument);
	return reason === undefined
		? command.run(view, context, argument)
		: only(withToast(view, 'warn', `${titleOf(context.keymap, id)}: ${reason}`));
}

const places: Readonly<Partial<Record<KeyScope, string>>> = {global: 'everywhere', list: 'lists'};

/** The commands in the order of the binding table. */
export function listCommandItems(view: ViewState, context: ViewContext): readonly CommandItem[] {
	return context.keymap.bindings.map(({command, title, keys, scope}) => {
		const reason = viewCommands[command]?.disabledReason?.(view, context);
		return {id: command, title, keys, place: places[scope] ?? scope, ...(reason === undefined ? {} : {disabledReason: reason})};
	});
}

const titleOf = (keymap: Keymap, id: string): string => keymap.bindings.find(({command}) => command === id)?.title ?? id;
