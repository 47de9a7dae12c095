/** Every role a theme gives a colour to. A component names a role, never a colour. */
export const tokens = [
	'text.default',
	'text.strong',
	'text.muted',
	'text.faint',
	'text.accent',
	'text.inverse',
	'border.default',
	'border.focus',
	'border.danger',
	'border.overlay',
	'title.default',
	'title.focus',
	'brand',
	'selection.background',
	'selection.text',
	'mark',
	'overlay.background',
	'field.background',
	'field.text',
	'field.placeholder',
	'field.cursor',
	'button.background',
	'button.text',
	'button.focusBackground',
	'button.focusText',
	'button.disabledText',
	'health.pass',
	'health.warn',
	'health.fail',
	'health.unknown',
	'status.running',
	'status.stopped',
	'status.changing',
	'status.hibernated',
	'status.failed',
	'status.unknown',
	'cost.amount',
	'cost.high',
	'cost.free',
	'cost.unknown',
	'cost.saving',
	'event.info',
	'event.good',
	'event.warn',
	'event.error',
	'key',
	'link',
	'badge.demo',
	'badge.stale',
	'chart.bar',
	'chart.track',
	'chart.line',
	'progress.done',
	'progress.rest',
] as const;

export type Token = (typeof tokens)[number];

export type TokenStyle = {
	/** `#rrggbb`, or one of the 16 ANSI names; absent keeps the terminal's own. */
	readonly color?: string;
	/** The ANSI name that stands in for `color` on a terminal of 16 colours. */
	readonly ansi?: string;
	readonly bold?: boolean;
	readonly dim?: boolean;
	readonly italic?: boolean;
	readonly underline?: boolean;
	readonly inverse?: boolean;
};

export type ThemeDefinition = {
	readonly name: string;
	readonly title: string;
	readonly appearance: 'dark' | 'light';
	readonly tokens: Readonly<Record<Token, TokenStyle>>;
};

export type PaintOptions = {
	/** The background role: `selection.background`, `overlay.background`, `field.background`, `button.background` … */
	readonly on?: Token;
	readonly bold?: boolean;
	readonly underline?: boolean;
	readonly inverse?: boolean;
};

/**
A theme at work. `paint` gives a string with colour codes for one `<Text>`; a row of a table is one painted string.
With no colour it gives the text with bold, underline and inverse only.
*/
export type Theme = {
	readonly name: string;
	readonly definition: ThemeDefinition;
	readonly paint: (token: Token, text: string, options?: PaintOptions) => string;
	/** The plain colour for Ink's own props (borders, backgrounds); undefined keeps the terminal's. */
	readonly color: (token: Token) => string | undefined;
};
