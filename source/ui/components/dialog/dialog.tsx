import {Box, Text} from 'ink';
import {textWidth, truncate} from '../../../core/text/text.ts';
import {type Theme} from '../../theme/tokens.ts';
import {cutLine, type Line, lineWidth, paintLine, span} from '../line/line.ts';
import {layoutDialog} from './layout-dialog.ts';
import {type DialogView} from './dialog-view.ts';

type Props = {
	readonly view: DialogView;
	readonly size: {readonly columns: number; readonly rows: number};
	readonly theme: Theme;
};

const background = 'overlay.background';

/** A centred box over everything: at most the screen, one `<Text>` per line. */
export function Dialog({view, size, theme}: Props) {
	const width = Math.min(view.width + 4, size.columns);
	const inner = width - 4;
	const lines = layoutDialog(view, size.rows - 2);
	const border = view.tone === 'danger' ? 'border.danger' : 'border.overlay';
	const edge = (left: string, middle: Line, right: string) =>
		paintLine(theme, [span(border, left), ...middle, span(border, right)], width, background);
	const title = truncate(view.title, inner - 2);
	const note = view.note === undefined || textWidth(title) + textWidth(view.note) + 6 > inner ? '' : ` ${view.note} `;
	const rule = '─'.repeat(Math.max(0, width - 5 - textWidth(title) - textWidth(note) - (note === '' ? 0 : 1)));
	const titleToken = view.tone === 'danger' ? 'border.danger' : 'text.accent';
	return (
		<Box
			position="absolute"
			top={Math.max(0, Math.floor((size.rows - lines.length - 2) / 2))}
			left={Math.max(0, Math.floor((size.columns - width) / 2))}
			width={width}
			height={lines.length + 2}
			flexDirection="column"
			overflow="hidden"
		>
			<Text wrap="truncate">
				{edge(
					'╭─',
					[
						span(titleToken, ` ${title} `, {bold: true}),
						span(border, rule),
						span('text.muted', note),
						span(border, note === '' ? '' : '─'),
					],
					'╮',
				)}
			</Text>
			{lines.map(({line, mark}, index) => (
				// oxlint-disable-next-line react/no-array-index-key -- a line is its place
				<Text key={index} wrap="truncate">
					{edge('│', padded(line, inner), mark ?? '│')}
				</Text>
			))}
			<Text wrap="truncate">{edge('╰', [span(border, '─'.repeat(width - 2))], '╯')}</Text>
		</Box>
	);
}

function padded(line: Line, width: number): Line {
	const fitted = cutLine(line, width);
	return [' ', ...fitted, ' '.repeat(width - lineWidth(fitted) + 1)];
}
