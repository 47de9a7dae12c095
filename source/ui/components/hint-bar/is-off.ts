import {isOffOnScreen} from '../../screens/registry.ts';
import {viewCommands} from '../../view/command-table/view-commands.ts';
import {type ViewContext} from '../../view/context.ts';
import {isPaneCommand} from '../../view/scopes.ts';
import {type ViewState} from '../../view/state.ts';

// Their reasons are looked up at once; those of resources are not, and stand in the menu of actions.
const asked = /^(plugins|activity)\./;

/** Whether a key would do nothing now, so that the hint bar does not offer it. Palette and help list it with the reason. */
export function isOff(command: string, view: ViewState, context: ViewContext): boolean {
	const screen = view.screens.at(-1);
	if (screen !== undefined) {
		// What moves between the panes it covers, and what opens it.
		const isHere = isPaneCommand(command) || command === 'resources.deploy' || command === `global.${screen.kind}`;
		if (isHere || isOffOnScreen(screen, command, context, view)) {
			return true;
		}
	}

	return asked.test(command) && viewCommands[command]?.disabledReason?.(view, context) !== undefined;
}
