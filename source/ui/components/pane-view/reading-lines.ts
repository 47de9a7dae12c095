import {type Failure} from '../../../core/failure/failure.ts';
import {wrapText} from '../../../core/text/text.ts';
import {failureLines} from '../../overlays/message/message.ts';
import {type PaneReading} from '../../view/plugin-panes/pane-reading.ts';
import {type Line, span} from '../line/line.ts';
import {type DrawnView, paneViewLines} from './pane-view-lines.ts';

/** A pane of a plugin in any state: on its way, there, or with its own error in its place. */
export function readingLines(reading: PaneReading | undefined, width: number, tab = 0): DrawnView {
	if (reading?.error !== undefined) {
		return {header: [], lines: [[span('health.fail', '✖ This could not be read', {bold: true})], ...problemLines(reading.error, width)]};
	}

	return reading?.view === undefined ? {header: [], lines: skeleton(width)} : paneViewLines(reading.view, width, tab);
}

// In a card there is no room for labels.
const problemLines = (error: Failure, width: number): readonly Line[] =>
	width < 44 ? wrapText(error.message, width).map((text): Line => [text]) : failureLines(error, width);

const skeleton = (width: number): readonly Line[] =>
	[0.6, 0.8, 0.4].map(share => [span('chart.track', '░'.repeat(Math.max(4, Math.floor(Math.min(width, 48) * share))))]);
