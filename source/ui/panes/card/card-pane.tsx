import {paintLine, span} from '../../components/line/line.ts';
import {Lines} from '../../components/lines.tsx';
import {drawFrame} from '../../components/pane-frame/draw-frame.ts';
import {readingLines} from '../../components/pane-view/reading-lines.ts';
import {type Theme} from '../../theme/tokens.ts';
import {type Card} from '../../view/plugin-panes/cards.ts';
import {readingOf} from '../../view/plugin-panes/pane-reading.ts';
import {type ViewState} from '../../view/state.ts';

type Props = {readonly card: Card; readonly view: ViewState; readonly theme: Theme};

/** What a plugin shows on the dashboard; in full it is among the views. */
export function CardPane({card: {pane, rect}, view, theme}: Props) {
	const {width, height} = rect;
	const inner = width - 2;
	const {header, lines} = readingLines(readingOf(view, pane), inner - 2);
	const painted = [...header.filter(line => line.length > 0), ...lines].map(line => paintLine(theme, [' ', ...line], inner));
	const note = [span('text.faint', pane.plugin)];
	return (
		<Lines lines={drawFrame(theme, {title: pane.title, note, width, height, isFocused: false}, painted)} width={width} height={height} />
	);
}
