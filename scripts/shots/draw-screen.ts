import {Resvg} from '@resvg/resvg-js';
import {encodePng} from './encode-png.ts';
import {type Cell} from '../../test/helpers/screen-cells.ts';

export type Screen = {readonly columns: number; readonly rows: number; readonly cell: (row: number, column: number) => Cell};

export type Appearance = 'dark' | 'light';

const cellWidth = 9;
const cellHeight = 19;
const margin = 10;
const grounds: Readonly<Record<Appearance, {readonly background: string; readonly text: string}>> = {
	dark: {background: '#16161e', text: '#c0caf5'},
	light: {background: '#fbfaf6', text: '#343b58'},
};

// A font's own borders leave gaps between rows, a terminal's do not.
const boxLines: Readonly<Record<string, string>> = {
	'│': 'm4.5 0v19',
	'─': 'm0 9.5h9',
	'╭': 'm4.5 19v-5q0 -4.5 4.5 -4.5',
	'╮': 'm0 9.5q4.5 0 4.5 4.5v5',
	'╰': 'm4.5 0v5q0 4.5 4.5 4.5',
	'╯': 'm0 9.5q4.5 0 4.5 -4.5v-5',
};

/** A PNG of a terminal's cells. */
export function drawScreen({columns, rows, cell}: Screen, appearance: Appearance): Buffer {
	const ground = grounds[appearance];
	const rectangles: string[] = [];
	const texts: string[] = [];
	const lines: string[] = [];
	for (let row = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++) {
			const {text, color, background, isBold, isDim, isInverse, isItalic, isUnderline} = cell(row, column);
			const foreground = (isInverse ? background : color) ?? (isInverse ? ground.background : ground.text);
			const behind = isInverse ? (color ?? ground.text) : background;
			const [x, y] = [margin + column * cellWidth, margin + row * cellHeight];
			if (behind !== undefined) {
				rectangles.push(`<rect x="${x}" y="${y}" width="${cellWidth + 0.4}" height="${cellHeight + 0.4}" fill="${behind}"/>`);
			}

			const line = boxLines[text];
			if (line !== undefined) {
				lines.push(`<path d="M${x} ${y}${line}" stroke="${foreground}"${isDim ? ' opacity="0.6"' : ''}/>`);
			} else if (text.trim() !== '') {
				const style = `${isBold ? ' font-weight="bold"' : ''}${isDim ? ' opacity="0.6"' : ''}${isItalic ? ' font-style="italic"' : ''}${isUnderline ? ' text-decoration="underline"' : ''}`;
				texts.push(`<text x="${x}" y="${y + 14.5}" fill="${foreground}"${style}>${escape(text)}</text>`);
			}
		}
	}

	const [width, height] = [columns * cellWidth + 2 * margin, rows * cellHeight + 2 * margin];
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" rx="8" fill="${ground.background}"/><g font-family="DejaVu Sans Mono, Menlo, monospace" font-size="15">${rectangles.join('')}${texts.join('')}</g><g fill="none" stroke-width="1.2">${lines.join('')}</g></svg>`;
	const image = new Resvg(svg, {font: {loadSystemFonts: true}, fitTo: {mode: 'zoom', value: 1.5}}).render();
	return encodePng({width: image.width, height: image.height, pixels: image.pixels});
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
