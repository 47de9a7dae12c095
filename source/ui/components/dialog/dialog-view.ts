import {type Line} from '../line/line.ts';

/** What an overlay wants on the screen. Header and footer stay; the body scrolls when the terminal is too small. */
export type DialogView = {
	readonly title: string;
	readonly tone?: 'default' | 'danger';
	/** Cells inside the border and its padding; cut to the terminal. */
	readonly width: number;
	readonly header?: readonly Line[];
	readonly body: readonly Line[];
	readonly footer?: readonly Line[];
	/** Index into `body` that has to stay in sight. */
	readonly anchor?: number;
	/** In the border at the right, for example a count. */
	readonly note?: string;
};
