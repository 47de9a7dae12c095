/** How a value is coloured; the theme decides the colours. */
export type PaneTone = 'ok' | 'warn' | 'bad' | 'dim' | 'accent';

/** One value of a pane: plain text, a number (drawn right-aligned in tables), or text with a tone. */
export type PaneCell = string | number | {readonly text: string; readonly tone?: PaneTone};

export type TableView = {
	readonly kind: 'table';
	/** At most 24. */
	readonly columns: readonly {readonly title: string; readonly align?: 'left' | 'right'}[];
	/** At most 1,000; each has as many cells as there are columns. */
	readonly rows: readonly (readonly PaneCell[])[];
};

export type KeyValueView = {
	readonly kind: 'keyValue';
	/** At most 200. */
	readonly entries: readonly {readonly key: string; readonly value: PaneCell}[];
};

/** Lines are separated by a line feed; at most 1,000 of them. */
export type TextView = {readonly kind: 'text'; readonly text: string};

/** `value` of `max`, in the same unit; `max` is above zero. */
export type GaugeView = {readonly kind: 'gauge'; readonly label: string; readonly value: number; readonly max: number};

export type BarsView = {
	readonly kind: 'bars';
	/** At most 100. */
	readonly bars: readonly {readonly label: string; readonly value: number}[];
	/** Written after each value, for example `MB`. */
	readonly unit?: string;
};

/** Oldest first, at most 500 values. */
export type SparklineView = {readonly kind: 'sparkline'; readonly values: readonly number[]; readonly label?: string};

export type TabsView = {
	readonly kind: 'tabs';
	/** At most 8; a tab holds no tabs. */
	readonly tabs: readonly {readonly title: string; readonly view: Exclude<PaneView, TabsView>}[];
};

/** A plugin's pane as data: the host checks it, the theme draws it, and the API serves the same. */
export type PaneView = TableView | KeyValueView | TextView | GaugeView | BarsView | SparklineView | TabsView;

/** Sizes beyond which a view is refused. */
export const paneLimits = {
	columns: 24,
	rows: 1000,
	entries: 200,
	lines: 1000,
	bars: 100,
	values: 500,
	tabs: 8,
} as const;
