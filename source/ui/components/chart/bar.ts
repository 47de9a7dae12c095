import {type Span, span} from '../line/line.ts';

/** `██████▒▒▒▒`: a share of 0 to 1 in `width` cells. Something that is not nothing gets at least one cell. */
export function bar(share: number, width: number): readonly Span[] {
	const full = fillOf(share, width);
	return [span('chart.bar', '█'.repeat(full)), span('chart.track', '░'.repeat(width - full))];
}

/** `━━━━━━────`: how far an operation is. */
export function progress(share: number, width: number): readonly Span[] {
	const full = fillOf(share, width);
	return [span('progress.done', '━'.repeat(full)), span('progress.rest', '─'.repeat(width - full))];
}

function fillOf(share: number, width: number): number {
	const full = Math.round(Math.max(0, Math.min(1, share)) * width);
	return share > 0 ? Math.max(1, full) : 0;
}
