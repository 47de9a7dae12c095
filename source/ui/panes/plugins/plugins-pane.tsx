import {type PluginRecord} from '../../../core/plugin.ts';
import {padEnd, padStart, textWidth, truncate, wrapText} from '../../../core/text/text.ts';
import {Lines} from '../../components/lines.tsx';
import {type Line, paintLine, span} from '../../components/line/line.ts';
import {drawFrame} from '../../components/pane-frame/draw-frame.ts';
import {type PaneProps} from '../pane-props.ts';
import {type PluginLook, pluginLook} from './plugin-look.ts';

export function PluginsPane({rect: {width, height}, view, context, theme, isFocused}: PaneProps) {
	const {plugins} = context.engine;
	const inner = width - 2;
	const {cursor, top} = view.lists.plugins;
	const shown = plugins.slice(top, top + height - 2);
	const looks = shown.map(plugin => {
		const look = pluginLook(plugin, view.spinner, view.now);
		return inner >= roomyWidth && look.longInfo !== undefined ? {...look, info: look.longInfo} : look;
	});
	const word = Math.min(11, Math.max(4, ...looks.map(look => textWidth(look.word))));
	const info = infoWidth(
		looks.map(look => textWidth(look.info)),
		{room: inner - 5 - gapOf(inner).length - word, names: shown.map(({id}) => textWidth(id))},
	);
	const lines = shown.map((plugin, index) => {
		const isSelected = isFocused && top + index === cursor;
		const line = pluginLine(plugin, looks[index]!, {inner, word, info, isSelected});
		return paintLine(theme, line, inner, isSelected ? 'selection.background' : undefined);
	});
	const healthy = plugins.filter(({state, health}) => state === 'active' && health.status === 'pass').length;
	const note = plugins.length === 0 ? [] : [span('text.muted', `${healthy} of ${plugins.length}`)];
	const drawn = plugins.length === 0 ? emptyLines(inner).map(line => paintLine(theme, line, inner)) : lines;
	return (
		<Lines lines={drawFrame(theme, {number: 1, title: 'Plugins', note, width, height, isFocused}, drawn)} width={width} height={height} />
	);
}

function pluginLine(
	{id, badge}: Pick<PluginRecord, 'id' | 'badge'>,
	look: PluginLook,
	{inner, word, info, isSelected}: {inner: number; word: number; info: number; isSelected: boolean},
): Line {
	const gap = gapOf(inner);
	const name = inner - 5 - gap.length - word - info;
	// Why it deserves a second look, where there is room for it.
	const tag = badge !== undefined && textWidth(id) + badge.length + 1 <= name ? ` ${badge}` : '';
	const shown = name - tag.length;
	const isOff = look.token === 'text.faint';
	const token = isSelected ? 'selection.text' : isOff ? 'text.muted' : 'text.default';
	return [
		' ',
		span(look.token, `${look.glyph} `),
		span(token, padEnd(truncate(id, shown), shown), isSelected ? {bold: true} : {}),
		span('text.faint', tag),
		' ',
		span(look.token, padEnd(look.word, word)),
		gap,
		span(look.infoToken, info === 0 ? '' : padStart(look.info, info)),
	];
}

const gapOf = (inner: number): string => (inner < 26 ? ' ' : '  ');

const shortestName = 8;
const roomyWidth = 48;

// Which plugin it is matters more than the remark behind it.
function infoWidth(widths: readonly number[], {room, names}: {readonly room: number; readonly names: readonly number[]}): number {
	const wanted = Math.max(0, ...widths);
	return room - wanted >= Math.min(shortestName, Math.max(0, ...names)) ? wanted : 0;
}

const emptyLines = (inner: number): readonly Line[] => [
	[span('text.muted', ' No plugin was found.')],
	...wrapText('Reinstall cws: the bundled ones are missing.', inner - 2).map((text): Line => [span('text.muted', ` ${text}`)]),
];
