export type ScrollMove = 'up' | 'down' | 'pageUp' | 'pageDown' | 'halfUp' | 'halfDown' | 'top' | 'bottom';

const steps: Readonly<Record<ScrollMove, (height: number) => number>> = {
	up: () => -1,
	down: () => 1,
	pageUp: height => -Math.max(1, height - 1),
	pageDown: height => Math.max(1, height - 1),
	halfUp: height => -Math.max(1, Math.floor(height / 2)),
	halfDown: height => Math.max(1, Math.floor(height / 2)),
	top: () => Number.NEGATIVE_INFINITY,
	bottom: () => Number.POSITIVE_INFINITY,
};

export const scrollBy = (top: number, move: ScrollMove, length: number, height: number): number =>
	clampTop(top + steps[move](height), length, height);

export const clampTop = (top: number, length: number, height: number): number => Math.min(Math.max(0, top), Math.max(0, length - height));

/** Cursor and window of a list after a move: the cursor stays inside the list, the window around the cursor. */
export function moveCursor(
	{cursor, top}: {readonly cursor: number; readonly top: number},
	move: ScrollMove | undefined,
	length: number,
	height: number,
): {readonly cursor: number; readonly top: number} {
	const by = move === undefined ? 0 : steps[move](height);
	const next = Math.min(Math.max(0, cursor + by), Math.max(0, length - 1));
	return {cursor: next, top: Math.min(Math.max(clampTop(top, length, height), next - height + 1), next)};
}
