import {useMemo} from 'react';
import {Lines} from '../../components/lines.tsx';
import {paintLine, span} from '../../components/line/line.ts';
import {drawFrame} from '../../components/pane-frame/draw-frame.ts';
import {type PaneProps} from '../pane-props.ts';
import {costLines} from './cost-lines.ts';

export function CostPane({rect: {width, height}, context: {engine}, theme, isFocused}: PaneProps) {
	const inner = width - 2;
	const painted = useMemo(
		() => costLines(engine, inner - 2, height - 2).map(line => paintLine(theme, [' ', ...line], inner)),
		[engine, theme, inner, height],
	);
	const note = [span('text.muted', `${Math.round(engine.hoursPerMonth)} h/month`)];
	return (
		<Lines lines={drawFrame(theme, {number: 3, title: 'Cost', note, width, height, isFocused}, painted)} width={width} height={height} />
	);
}
