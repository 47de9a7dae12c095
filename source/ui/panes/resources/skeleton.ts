import {type Line, span} from '../../components/line/line.ts';
import {type FittedColumn} from './fit-columns.ts';

// Shares of a column, in tenths, so that the rows look like rows and not like a wall.
const shares = [9, 6, 8, 10, 5, 7];

/** Grey bars under the heads where rows will be, so that the eye is already at the right place. */
export const skeleton = (fitted: readonly FittedColumn[], height: number): readonly Line[] =>
	Array.from({length: Math.min(height, shares.length)}, (_, row): Line => [
		' ',
		...fitted.flatMap(({column, width, gap}, index): Line => {
			const room = column.id === 'name' ? Math.min(width, 18) : Math.min(width, column.title.length + 4);
			const bar = '░'.repeat(Math.max(1, Math.round((room * shares[(row + index) % shares.length]!) / 10)));
			return [' '.repeat(gap), span('chart.track', column.isRight ? bar.padStart(width) : bar.padEnd(width))];
		}),
	]);
