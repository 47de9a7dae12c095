import {type Line} from '../../components/line/line.ts';
import {clampTop} from '../../components/scroll-text/scroll.ts';
import {type ScreenView} from '../screen.ts';

/** The part of a text in sight, and whether there is more of it above or below. */
export function textWindow(
	lines: readonly Line[],
	top: number,
	height: number,
	mayOvershoot = false,
): Required<Pick<ScreenView, 'body' | 'more'>> {
	// A match that was jumped to stands on top, also near the end.
	const from = clampTop(top, lines.length, mayOvershoot ? 1 : height);
	return {body: lines.slice(from, from + height), more: {above: from > 0, below: from + height < lines.length}};
}
