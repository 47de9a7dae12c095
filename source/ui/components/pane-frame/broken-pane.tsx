import {wrapText} from '../../../core/text/text.ts';
import {type Theme} from '../../theme/tokens.ts';
import {type Line, paintLine, span} from '../line/line.ts';
import {Lines} from '../lines.tsx';
import {drawFrame, type Frame} from './draw-frame.ts';

type Props = {readonly message: string; readonly frame: Frame; readonly theme: Theme};

/** Where a pane should be that could not be drawn: what went wrong, and that the rest goes on. */
export function BrokenPane({message, frame, theme}: Props) {
	const inner = frame.width - 2;
	const text: readonly Line[] = [
		[span('health.fail', ' ✖ This could not be drawn')],
		...wrapText(message, Math.max(8, inner - 4)).map((line): Line => [span('text.muted', `   ${line}`)]),
		[span('text.muted', '   It is tried again as soon as something changes.')],
	];
	return (
		<Lines
			lines={drawFrame(
				theme,
				frame,
				text.map(line => paintLine(theme, line, inner)),
			)}
			width={frame.width}
			height={frame.height}
		/>
	);
}
