import {Box, Text} from 'ink';
import {textWidth, truncate} from '../../../core/text/text.ts';
import {type Line, lineWidth, paintLine, span} from '../../components/line/line.ts';
import {type Theme} from '../../theme/tokens.ts';
import {type ScreenView} from '../screen.ts';

type Props = {
	readonly view: ScreenView;
	readonly width: number;
	readonly height: number;
	readonly theme: Theme;
};

/** The frame of a full-screen view: exactly `width` by `height`, one `<Text>` per line. */
export function ScreenFrame({view, width, height, theme}: Props) {
	const inner = Math.max(0, width - 4);
	const border = (text: string) => span('border.focus', text);
	const title = truncate(view.title, Math.max(0, inner - 2));
	const note = view.note ?? [];
	const isNoteShown = note.length > 0 && textWidth(title) + lineWidth(note) + 8 <= width;
	const right: Line = isNoteShown ? [' ', ...note, ' ', border('─╮')] : [border('╮')];
	const left: Line = [border('╭─'), span('title.focus', ` ${title} `, {bold: true})];
	const rule = border('─'.repeat(Math.max(0, width - lineWidth(left) - lineWidth(right))));
	const room = Math.max(0, height - 2 - (view.header?.length ?? 0) - (view.footer?.length ?? 0));
	const body = Array.from({length: room}, (_, index): Line => view.body[index] ?? []);
	const first = view.header?.length ?? 0;
	const markOf = (index: number) =>
		view.more?.above && index === first ? '▴' : view.more?.below && index === first + room - 1 ? '▾' : '│';
	const lines = [...(view.header ?? []), ...body, ...(view.footer ?? [])].slice(0, Math.max(0, height - 2));
	return (
		<Box width={width} height={height} flexDirection="column" flexShrink={0} overflow="hidden">
			<Text wrap="truncate">{paintLine(theme, [...left, rule, ...right], width)}</Text>
			{lines.map((line, index) => (
				// oxlint-disable-next-line react/no-array-index-key -- a line is its place
				<Text key={index} wrap="truncate">
					{paintLine(theme, [border('│')], 1) + ` ${paintLine(theme, line, inner)} ` + paintLine(theme, [border(markOf(index))], 1)}
				</Text>
			))}
			<Text wrap="truncate">{paintLine(theme, [border(`╰${'─'.repeat(Math.max(0, width - 2))}╯`)], width)}</Text>
		</Box>
	);
}
