import {type ViewState} from '../../view/state.ts';

/** Rows and columns inside a screen's frame: all but the header line, the hint bar and the frame itself. */
export const screenArea = ({size}: ViewState): {readonly width: number; readonly height: number} => ({
	width: Math.max(1, size.columns - 4),
	height: Math.max(1, size.rows - 4),
});
