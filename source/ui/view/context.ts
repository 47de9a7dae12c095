import {type Validate} from '../../core/schema/validate.ts';
import {type Resource} from '../../core/resource.ts';
import {type StaleGroup} from '../../engine/query/row-view.ts';
import {type EngineState} from '../../engine/state.ts';
import {type Keymap} from '../../keymap/keymap.ts';
import {type CommandItem} from './command-item.ts';
import {type Effect} from './effect.ts';
import {type ViewState} from './state.ts';

/** What an update may look at but not change. */
export type ViewContext = {
	readonly engine: EngineState;
	/** The rows of the resources pane, filtered and sorted. */
	readonly rows: readonly Resource[];
	/** How many there are without a filter. */
	readonly total: number;
	/** Rows of failed sources, last in `rows`, each group with a line above it. */
	readonly staleGroups: readonly StaleGroup[];
	readonly keymap: Keymap;
	readonly settings: {
		readonly undoSeconds: number;
		readonly defaults: {readonly provider?: string; readonly region?: string; readonly size?: string; readonly type?: string};
	};
	/** Checks a value against a JSON Schema; ready soon after the first frame. */
	readonly validate: Validate;
	/** Every view command with its keys and why it cannot run now; for palette and help. */
	readonly commands: (view: ViewState) => readonly CommandItem[];
	readonly themes: readonly {readonly name: string; readonly title: string}[];
};

export type ViewUpdate = {readonly view: ViewState; readonly effects: readonly Effect[]};
