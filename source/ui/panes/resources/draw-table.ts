import {padEnd, padStart} from '../../../core/text/text.ts';
import {type Resource} from '../../../core/resource.ts';
import {operationsByRef} from '../../../engine/selectors/operations-by-ref.ts';
import {cutLine, type Line, paintLine, span} from '../../components/line/line.ts';
import {type Theme} from '../../theme/tokens.ts';
import {type ViewContext} from '../../view/context.ts';
import {isTurning} from '../../view/lists/turning.ts';
import {hiddenNotices, sourceNotices, staleNotice} from '../../view/lists/notices.ts';
import {type ViewState} from '../../view/state.ts';
import {type ColumnMeter} from './column-meter.ts';
import {columnsOf} from './columns-of.ts';
import {drawEmpty, firstStep, isUntouched} from './draw-empty.ts';
import {drawRow, type RowDrawing, type RowLook} from './draw-row.ts';
import {type FittedColumn} from './fit-columns.ts';
import {noticeLine} from './notice-line.ts';

type Options = {
	readonly view: ViewState;
	readonly context: ViewContext;
	readonly theme: Theme;
	readonly meter: ColumnMeter;
	readonly isFocused: boolean;
	/** Inside the border. */
	readonly width: number;
	readonly height: number;
};

/** The column heads and the rows in the window, with the line of each hole where it belongs; painted strings of `width` cells. */
export function drawTable(options: Options): readonly string[] {
	const {view, context, theme, meter, width, height} = options;
	const {engine, rows, staleGroups} = context;
	const {top} = view.lists.resources;
	const shown = rows.slice(top, top + height);
	const rowContext = {now: view.now, hoursPerMonth: engine.hoursPerMonth};
	const fitted = meter.fit({
		rows,
		shown,
		context: rowContext,
		available: width - 2,
		isWide: view.isWide,
		columns: columnsOf(context),
		epoch: `${width}|${view.activeFilter}|${view.isWide}|${view.attentionOnly}`,
	});
	// What is longer than the list ends a cell before the border.
	const paint = (line: Line) => paintLine(theme, cutLine(line, width - 1), width);
	const lines = [paint(headLine(fitted, view))];
	if (rows.length === 0) {
		return [...lines, ...drawEmpty({view, context, height: height - 1, width, fitted}).map(line => paint(line))];
	}

	const drawing: RowDrawing = {...rowContext, theme, fitted, width, spinner: view.spinner};
	const lookOf = createLookOf(options);
	const groupAt = new Map(staleGroups.map(group => [group.start, group]));
	for (const [index, resource] of shown.entries()) {
		const group = groupAt.get(top + index);
		if (group !== undefined) {
			lines.push(...(lines.length > 1 ? [paint([])] : []), paint(noticeLine(staleNotice(engine, group.provider, group.count, view.now))));
		}

		lines.push(drawRow(resource, lookOf(resource, top + index), drawing));
	}

	if (isUntouched(context)) {
		lines.push(...firstStep(context).map(line => paint(line)));
	}

	const hidden = view.attentionOnly ? hiddenNotices(engine, staleGroups, view.now) : [];
	const notices = [...hidden, ...sourceNotices(engine)].map(notice => paint(noticeLine(notice)));
	const room = height - (notices.length === 0 ? 0 : Math.min(notices.length + 1, Math.ceil(height / 2)));
	return notices.length === 0 ? lines.slice(0, height) : [...lines.slice(0, room), paint([]), ...notices].slice(0, height);
}

function headLine(fitted: readonly FittedColumn[], {sort}: ViewState): Line {
	return [
		' ',
		...fitted.flatMap(({column, width, gap}) => {
			const isSorted = column.sort === sort.column;
			const title = isSorted ? `${column.title}${sort.isDescending ? '↓' : '↑'}` : column.title;
			const text = column.isRight ? padStart(title, width) : padEnd(title, width);
			return [' '.repeat(gap), isSorted ? span('text.accent', text, {bold: true}) : span('text.muted', text)];
		}),
	];
}

function createLookOf({view, context, isFocused}: Options): (resource: Resource, index: number) => RowLook {
	const stale = new Set(context.engine.sources.filter(source => source.isStale || source.phase === 'failed').map(source => source.key));
	const operations = operationsByRef(context.engine);
	const undoKey = context.keymap.keysOf('global.undo')[0] ?? ':undo';
	const {cursor} = view.lists.resources;
	return (resource, index) => {
		const operation = operations.get(resource.ref);
		const dueAt = operation?.state === 'scheduled' ? operation.dueAt : undefined;
		return {
			isSelected: index === cursor,
			isFocused,
			isMarked: view.marks.has(resource.ref),
			isStale: stale.has(`${resource.provider}/${resource.type}`),
			isTurning: isTurning(resource, context.engine),
			...(dueAt === undefined ? {} : {countdown: {seconds: Math.max(0, Math.ceil((dueAt - view.now) / 1000)), undoKey}}),
		};
	};
}
