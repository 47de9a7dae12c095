import {type Sort} from '../../engine/query/sort.ts';
import {type OverlayState} from '../overlays/overlay.ts';
import {type ScreenState} from '../screens/screen.ts';
import {type PaneReading} from './plugin-panes/pane-reading.ts';

export type PaneId = 'plugins' | 'resources' | 'cost' | 'activity';

export const paneIds: readonly PaneId[] = ['plugins', 'resources', 'cost', 'activity'];

export type ListState = {
	readonly cursor: number;
	/** Index of the first row in the window. */
	readonly top: number;
	/** Identity under the cursor: the cursor follows it when rows move. */
	readonly key?: string;
	/** The person went to this row or did something with it. Until then the cursor stays on the first one, whatever arrives there. */
	readonly isChosen?: boolean;
};

export type ActivityTab = 'events' | 'tasks' | 'logs' | 'errors';

export type Toast = {
	readonly id: number;
	readonly level: 'info' | 'warn' | 'error';
	readonly text: string;
	/** Epoch milliseconds at which it goes. */
	readonly until: number;
};

/** Where the person was: the screens over the panes, and the pane below them. */
export type Place = {readonly focus: PaneId; readonly screens: readonly ScreenState[]};

/** What the person sees beside the data. Changed only by `updateView`. */
export type ViewState = {
	readonly size: {readonly columns: number; readonly rows: number};
	/** Epoch milliseconds, coarse: moves when an age on the screen crosses a step, or each second while something counts down. */
	readonly now: number;
	readonly focus: PaneId;
	readonly isZoomed: boolean;
	readonly lists: Readonly<Record<PaneId, ListState>>;
	/** References of marked resources. */
	readonly marks: ReadonlySet<string>;
	/** Where `v` began a range. */
	readonly rangeAnchor?: string;
	/** The filter as typed; `activeFilter` is the last one that parsed. */
	readonly filter: string;
	readonly activeFilter: string;
	readonly filterError?: string;
	/** Index into `filter` while it is edited; absent at its end. */
	readonly filterCursor?: number;
	readonly isFiltering: boolean;
	readonly sort: Sort;
	readonly isWide: boolean;
	readonly attentionOnly: boolean;
	readonly activityTab: ActivityTab;
	/** Full-screen views over the panes, the last on top: describe, logs, plugin detail … */
	readonly screens: readonly ScreenState[];
	/** Dialogs and menus over everything, the last on top. */
	readonly overlays: readonly OverlayState[];
	/** Dialogs that others opened; the first one is shown when the person has none open. */
	readonly asks: readonly OverlayState[];
	/** The newest of `past` last, the nearest of `future` first. */
	readonly history: {readonly past: readonly Place[]; readonly future: readonly Place[]};
	/** Panes of plugins, by `plugin/pane`, behind it `@` and the reference they stand beside. */
	readonly panes: Readonly<Record<string, PaneReading>>;
	/** What plugins say in the header, by their ids. */
	readonly statuses: Readonly<Record<string, string>>;
	/** The path each plugin was installed from in a dashboard, by its id: where an update is looked for. */
	readonly installedFrom: Readonly<Record<string, string>>;
	readonly toasts: readonly Toast[];
	/** Epoch milliseconds of the first of two ctrl+c. */
	readonly interruptAt?: number;
	readonly theme: string;
	/** Frame of the one spinner clock; moves only while something spins. */
	readonly spinner: number;
};
