import {Resvg} from '@resvg/resvg-js';
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

/** A PNG of a terminal's cells, two pixels for each. */
export function drawScreen({columns, rows, cell}: Screen, appearance: Appearance): Buffer {
	const ground = grounds[appearance];
	const rectangles: string[] = [];
	const texts: string[] = [];
	for (let row = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++) {
			const {text, color, background, isBold, isDim, isInverse, isItalic, isUnderline} = cell(row, column);
			const foreground = (isInverse ? background : color) ?? (isInverse ? ground.background : ground.text);
			const behind = isInverse ? (color ?? ground.text) : background;
			const [x, y] = [margin + column * cellWidth, margin + row * cellHeight];
			if (behind !== undefined) {
				rectangles.push(`<rect x="${x}" y="${y}" width="${cellWidth + 0.4}" height="${cellHeight + 0.4}" fill="${behind}"/>`);
			}

			if (text.trim() !== '') {
				const style = `${isBold ? ' font-weight="bold"' : ''}${isDim ? ' opacity="0.6"' : ''}${isItalic ? ' font-style="italic"' : ''}${isUnderline ? ' text-decoration="underline"' : ''}`;
				texts.push(`<text x="${x}" y="${y + 14.5}" fill="${foreground}"${style}>${escape(text)}</text>`);
			}
		}
	}

	const [width, height] = [columns * cellWidth + 2 * margin, rows * cellHeight + 2 * margin];
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" rx="8" fill="${ground.background}"/><g font-family="DejaVu Sans Mono, Menlo, monospace" font-size="15">${rectangles.join('')}${texts.join('')}</g></svg>`;
	return new Resvg(svg, {font: {loadSystemFonts: true}, fitTo: {mode: 'zoom', value: 1.5}}).render().asPng();
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
