import {useState} from 'react';
import {Lines} from '../../components/lines.tsx';
import {drawFrame} from '../../components/pane-frame/draw-frame.ts';
import {type PaneProps} from '../pane-props.ts';
import {createColumnMeter} from './column-meter.ts';
import {drawTable} from './draw-table.ts';
import {resourcesFrame} from './resources-frame.ts';

export function ResourcesPane({rect, view, context, theme, isFocused}: PaneProps) {
	const [meter] = useState(createColumnMeter);
	const {width, height} = rect;
	const lines = drawTable({view, context, theme, meter, isFocused, width: width - 2, height: height - 2});
	const frame = resourcesFrame({view, context, width, height, isFocused});
	return <Lines lines={drawFrame(theme, frame, lines)} width={width} height={height} />;
}
