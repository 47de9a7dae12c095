import {formatAge} from '../../../core/text/duration.ts';
import {span} from '../../components/line/line.ts';
import {highlight, searchLine} from '../../components/scroll-text/text-search.ts';
import {spinnerGlyph} from '../../panes/resources/status-look.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {type ScreenArea, type ScreenView} from '../screen.ts';
import {tabsLine} from '../shared/sections.ts';
import {textWindow} from '../shared/text-window.ts';
import {describeRows} from './describe.ts';
import {describeTab, type DescribeScreen, describeTabs} from './open-describe.ts';
import {describeLines} from './describe-lines.ts';

export function viewDescribe(state: DescribeScreen, context: ViewContext, view: ViewState, {width, height}: ScreenArea): ScreenView {
	const {resource, search, read, isGone} = state;
	const lines = describeLines(state, context, view, width);
	const rows = describeRows(height, state);
	const shown = textWindow(lines, state.top, rows, search.field.value !== '');
	const age = formatAge(view.now - resource.seenAt);
	return {
		title: `${resource.name}  ${resource.type} on ${resource.provider}`,
		note: isGone
			? [span('health.warn', 'gone', {bold: true})]
			: read.status === 'loading'
				? [span('status.changing', spinnerGlyph(view.spinner)), span('text.muted', ' reading')]
				: read.status === 'failed'
					? [span('badge.stale', `stale ${age}`)]
					: [span('text.muted', age === 'live' ? 'live' : `${age} ago`)],
		header: [tabsLine(describeTabs(state, context), describeTab(state, context)), []],
		more: shown.more,
		body: shown.body.map(line => highlight(line, search.field.value)),
		footer: search.isTyping ? [searchLine(search, width)] : [],
	};
}
