import {Lines} from '../../components/lines.tsx';
import {cutLine, type Line, paintLine, span} from '../../components/line/line.ts';
import {drawFrame} from '../../components/pane-frame/draw-frame.ts';
import {activityCounts, activityItems, activityTabs} from '../../view/activity/activity-items.ts';
import {type ActivityTab} from '../../view/state.ts';
import {type PaneProps} from '../pane-props.ts';
import {activityColumns, activityLine} from './activity-lines.ts';

export function ActivityPane({rect: {width, height}, view, context, theme, isFocused}: PaneProps) {
	const {engine, keymap} = context;
	const inner = width - 2;
	const {cursor, top} = view.lists.activity;
	const items = activityItems(engine, view.activityTab);
	const shown = items.slice(top, top + height - 2);
	// A cell stays free before the border.
	const columns = activityColumns(shown, inner - 1);
	const undoKey = keymap.keysOf('global.undo')[0] ?? ':undo';
	const lines = shown.map((item, index) => {
		const line = activityLine(item, {now: view.now, spinner: view.spinner, undoKey, columns, width: inner - 1});
		return paintLine(
			theme,
			cutLine([' ', ...line], inner - 1),
			inner,
			isFocused && top + index === cursor ? 'selection.background' : undefined,
		);
	});
	const drawn = items.length === 0 ? [paintLine(theme, emptyLine(view.activityTab, engine.phase === 'starting'), inner)] : lines;
	const note = tabsLine(width < 52 ? [view.activityTab] : activityTabs, view.activityTab, activityCounts(engine));
	return (
		<Lines lines={drawFrame(theme, {number: 4, title: 'Activity', note, width, height, isFocused}, drawn)} width={width} height={height} />
	);
}

const tabsLine = (tabs: readonly ActivityTab[], active: ActivityTab, counts: Readonly<Partial<Record<ActivityTab, number>>>): Line =>
	tabs.flatMap((tab, index) => {
		const count = counts[tab] ?? 0;
		const text = count === 0 ? tab : `${tab} ${count}`;
		const token = tab === active ? 'title.focus' : tab === 'errors' && count > 0 ? 'event.error' : 'text.muted';
		return [...(index === 0 ? [] : [span('text.faint', ' · ')]), span(token, text)];
	});

const empty: Readonly<Record<ActivityTab, string>> = {
	events: 'Nothing has happened yet.',
	tasks: 'No task yet: deploying, stopping or destroying something makes one.',
	logs: 'The plugins have logged nothing.',
	errors: 'No errors.',
};

const emptyLine = (tab: ActivityTab, isStarting: boolean): Line => [
	span('text.muted', isStarting && tab === 'events' ? ' starting…' : ` ${empty[tab]}`),
];
