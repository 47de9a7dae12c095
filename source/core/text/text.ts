import stringWidth from 'string-width';

// oxlint-disable-next-line no-control-regex
const plainAscii = /^[\u0020-\u007E]*$/;
const segmenter = new Intl.Segmenter();

// What lines are drawn with besides ASCII: Latin letters, Greek, Cyrillic, dashes, arrows, signs, boxes, blocks, Braille. One cell each.
const plainNarrow =
	/^[\u0020-\u007E\u00A1-\u00AC\u00AE-\u02FF\u0391-\u03FF\u0410-\u044F\u2010-\u2027\u2190-\u21FF\u2200-\u22FF\u2500-\u25FC\u2713-\u2718\u2800-\u28FF]*$/;

/** Cells a text takes on the terminal. */
export const textWidth = (text: string): number => (plainNarrow.test(text) ? text.length : stringWidth(text));

/** Cut to `width` cells with `…` at the end; never splits a character. */
export function truncate(text: string, width: number): string {
	if (textWidth(text) <= width) {
		return text;
	}

	return width <= 0 ? '' : `${takeCells(text, width - 1)}…`;
}

/** Cut in the middle, for ids: `i-0a12…9f3e`. */
export function truncateMiddle(text: string, width: number): string {
	if (textWidth(text) <= width) {
		return text;
	}

	if (width <= 2) {
		return truncate(text, width);
	}

	const head = Math.ceil((width - 1) / 2);
	const reversed = [...segmenter.segment(text)].map(part => part.segment).toReversed();
	const tail = [...takeSegments(reversed, width - 1 - head)].toReversed().join('');
	return `${takeCells(text, head)}…${tail}`;
}

/** Exactly `width` cells: cut or filled with spaces on the right. */
export function padEnd(text: string, width: number): string {
	const fitted = truncate(text, width);
	return fitted + ' '.repeat(Math.max(0, width - textWidth(fitted)));
}

/** Exactly `width` cells: cut or filled with spaces on the left, for numbers. */
export function padStart(text: string, width: number): string {
	const fitted = truncate(text, width);
	return ' '.repeat(Math.max(0, width - textWidth(fitted))) + fitted;
}

/** Breaks text into lines of at most `width` cells, at spaces where there are any. */
export function wrapText(text: string, width: number): string[] {
	const lines: string[] = [];
	for (const paragraph of text.split('\n')) {
		let line = '';
		for (let word of paragraph.split(' ')) {
			while (textWidth(word) > width) {
				if (line !== '') {
					lines.push(line);
					line = '';
				}

				const head = takeCells(word, width);
				if (head === '') {
					break;
				}

				lines.push(head);
				word = word.slice(head.length);
			}

			if (line === '') {
				line = word;
			} else if (textWidth(line) + 1 + textWidth(word) <= width) {
				line += ` ${word}`;
			} else {
				lines.push(line);
				line = word;
			}
		}

		lines.push(line);
	}

	return lines;
}

function takeCells(text: string, width: number): string {
	if (plainAscii.test(text)) {
		return text.slice(0, width);
	}

	return [
		...takeSegments(
			[...segmenter.segment(text)].map(part => part.segment),
			width,
		),
	].join('');
}

function* takeSegments(segments: readonly string[], width: number) {
	let used = 0;
	for (const segment of segments) {
		used += textWidth(segment);
		if (used > width) {
			return;
		}

		yield segment;
	}
}
