import {type PaneView} from '../../../core/pane-view.ts';
import {truncate} from '../../../core/text/text.ts';
import {panesAt} from '../../view/plugin-panes/plugin-panes.ts';
import {readingOf} from '../../view/plugin-panes/pane-reading.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {sparkline} from '../chart/sparkline.ts';
import {type Line, span, type Span} from '../line/line.ts';
import {cellText, cellToken, figure} from '../pane-view/pane-view-lines.ts';

const most = 24;
const mostSegments = 3;

/** What plugins say in the header: a few cells each, never more than three of them. */
export function pluginSegments(view: ViewState, {engine}: ViewContext): readonly Line[] {
	const {statuses} = view;
	const live = new Set(engine.plugins.filter(({state}) => state === 'active').map(({id}) => id));
	const shown = panesAt(engine.plugins, 'statusBar').flatMap(pane => {
		const {plugin, title} = pane;
		const reading = readingOf(view, pane);
		if (reading?.error !== undefined) {
			// One that nobody needs now and that rests is no failure.
			if (reading.error.code === 'CWS_INVALID_STATE') {
				return [];
			}

			return [[from(plugin), span('health.fail', `${truncate(title, most - 2)} ✖`)]];
		}

		return reading?.view === undefined ? [] : [[from(plugin), ...short(reading.view)]];
	});
	const told = Object.entries(statuses)
		.filter(([plugin, text]) => text !== '' && live.has(plugin))
		.map(([plugin, text]): Line => [from(plugin), span('text.default', truncate(text, most))]);
	return [...shown, ...told].filter(line => line.length > 1).slice(0, mostSegments);
}

// Whoever speaks is named, so that nobody speaks for cws.
const from = (plugin: string): Span => span('text.muted', `${truncate(plugin, 12)} `);

function short(view: PaneView): Line {
	switch (view.kind) {
		case 'text': {
			return [span('text.default', truncate(view.text.split('\n')[0]!.trim(), most))];
		}

		case 'gauge': {
			return [span('text.default', truncate(`${view.label} ${Math.round((view.value / view.max) * 100)} %`, most))];
		}

		case 'sparkline': {
			return [span('chart.line', sparkline(view.values, 10))];
		}

		case 'keyValue': {
			const [entry] = view.entries;
			return entry === undefined
				? []
				: [span('text.muted', `${truncate(entry.key, 10)} `), span(cellToken(entry.value), truncate(cellText(entry.value), most - 11))];
		}

		case 'bars': {
			const [first] = view.bars;
			return first === undefined
				? []
				: [span('text.default', truncate(`${first.label} ${figure(first.value)} ${view.unit ?? ''}`.trim(), most))];
		}

		case 'table': {
			return [span('text.default', `${view.rows.length} ${view.rows.length === 1 ? 'row' : 'rows'}`)];
		}

		case 'tabs': {
			return short(view.tabs[0]!.view);
		}
	}
}
