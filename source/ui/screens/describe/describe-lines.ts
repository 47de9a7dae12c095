import {hourlyOf, monthlyOf} from '../../../core/money/cost.ts';
import {formatBytes} from '../../../core/text/bytes.ts';
import {formatDuration} from '../../../core/text/duration.ts';
import {formatMoney} from '../../../core/money/format-money.ts';
import {type Money} from '../../../core/money/money.ts';
import {type Resource, type ResourceMetrics} from '../../../core/resource.ts';
import {padEnd, textWidth, wrapText} from '../../../core/text/text.ts';
import {ownFacts} from '../../../engine/contributions/own-columns.ts';
import {bar} from '../../components/chart/bar.ts';
import {type Line, lineText, lineWidth, span} from '../../components/line/line.ts';
import {readingLines} from '../../components/pane-view/reading-lines.ts';
import {failureLines} from '../../overlays/message/message.ts';
import {factLabelWidth, factLine, factLines} from '../../overlays/shared/facts.ts';
import {statusLook} from '../../panes/resources/status-look.ts';
import {type ViewContext} from '../../view/context.ts';
import {isTurning} from '../../view/lists/turning.ts';
import {paneOfTab, readingOf} from '../../view/plugin-panes/pane-reading.ts';
import {findPane} from '../../view/plugin-panes/plugin-panes.ts';
import {type ViewState} from '../../view/state.ts';
import {dayTime} from '../shared/day-time.ts';
import {besides, section} from '../shared/sections.ts';
import {describeTab, type DescribeScreen} from './open-describe.ts';
import {jsonLines, yamlLines} from './value-lines.ts';

/** All lines of the chosen tab; the screen shows a window of them. */
export function describeLines(state: DescribeScreen, context: ViewContext, view: ViewState, width: number): readonly Line[] {
	const tab = describeTab(state, context);
	const pane = paneOfTab(tab);
	if (pane !== undefined) {
		const {header, lines} = readingLines(readingOf(view, findPane(context.engine.plugins, pane), state.resource.ref), width);
		return [...header, ...lines];
	}

	if (tab === 'summary') {
		const {engine} = context;
		const isStill = !isTurning(state.resource, engine);
		const own = ownFacts(engine.plugins, state.resource);
		return summaryLines(state, {own, hoursPerMonth: engine.hoursPerMonth, isStill}, view, width);
	}

	const lines = tab === 'yaml' ? yamlLines(state.resource) : jsonLines(state.resource);
	return state.isWrapped ? lines.flatMap(line => wrapLine(line, width)) : lines;
}

// Wrapped lines lose their colours: a break may fall inside of any of them.
const wrapLine = (line: Line, width: number): readonly Line[] =>
	lineWidth(line) <= width ? [line] : wrapText(lineText(line), width).map(text => [text]);

type Facts = {readonly own: ReturnType<typeof ownFacts>; readonly hoursPerMonth: number; readonly isStill: boolean};

function summaryLines(state: DescribeScreen, {own, hoursPerMonth, isStill}: Facts, view: ViewState, width: number): readonly Line[] {
	const {resource, read} = state;
	const column = width < 96 ? width : Math.floor((width - 3) / 2);
	return [
		...(read.status === 'failed' && !state.isGone ? [...failureLines(read.error, width), []] : []),
		...besides(
			[
				...section('Resource', [
					...identityLines(resource, {now: view.now, spinner: isStill ? undefined : view.spinner}, column - 2),
					...own.flatMap(({label, text}) => factLines(label, text, column - 2)),
				]),
				...section('Addresses', endpointLines(resource)),
			],
			[
				...section('Cost', costLines(resource, hoursPerMonth, column - 2)),
				...section('Now', metricLines(resource.metrics, column - 2)),
				...section('Tags', tagLines(resource)),
			],
			width,
		),
		...section('Timeline', timelineLines(state, width - 2)),
	];
}

function identityLines(
	resource: Resource,
	{now, spinner}: {readonly now: number; readonly spinner: number | undefined},
	width: number,
): readonly Line[] {
	const look = statusLook(resource.status, spinner);
	const raw = resource.rawStatus === resource.status ? '' : `  ${resource.rawStatus}`;
	const optional = (label: string, text: string | undefined) => (text === undefined ? [] : factLines(label, text, width));
	return [
		factLine('status', span(look.token, `${look.glyph} ${resource.status}`, {bold: true}), span('text.muted', raw)),
		...(resource.statusReason === undefined
			? []
			: factLines('why', resource.statusReason, width, resource.status === 'failed' ? 'health.fail' : 'text.muted')),
		...factLines('where', [resource.provider, resource.account, resource.region, resource.where].filter(Boolean).join(' · '), width),
		...optional('size', resource.size),
		...factLines('id', resource.id, width),
		...factLines('reference', resource.ref, width, 'text.muted'),
		...optional('owner', resource.owner),
		...optional('on', resource.attachedTo),
		...(resource.createdAt === undefined
			? []
			: [
					factLine(
						'created',
						`${new Date(resource.createdAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
						span('text.muted', ` · ${formatDuration(now - resource.createdAt)} ago`),
					),
				]),
		...(resource.protected === undefined ? [] : factLines('protected', resource.protected, width, 'health.warn')),
	];
}

const endpointLines = ({endpoints = []}: Resource): readonly Line[] =>
	endpoints.map(({label, address, isReachable}) => [
		isReachable === undefined ? '  ' : span(isReachable ? 'health.pass' : 'health.fail', isReachable ? '● ' : '✖ '),
		span('link', address, {underline: true}),
		span('text.muted', [label === undefined ? '' : ` ${label}`, isReachable === false ? ' does not answer' : ''].join('')),
	]);

function costLines(resource: Resource, hoursPerMonth: number, width: number): readonly Line[] {
	const hourly = hourlyOf(resource);
	const monthly = monthlyOf(resource, hoursPerMonth);
	const {components = [], notCounted = []} = resource.cost ?? {};
	const rate = (money: Money) => `${formatMoney(money, 4)}${money.kind === 'known' ? '/h' : ''}`;
	const rateWidth = Math.max(9, ...[hourly, ...components.map(one => one.hourly)].map(money => rate(money).length));
	const head: Line =
		hourly.kind === 'known'
			? [
					span('cost.high', rate(hourly).padStart(components.length === 0 ? 0 : rateWidth), {bold: true}),
					span('text.muted', '  '),
					span('cost.amount', `${formatMoney(monthly)}/month`),
					span('text.muted', ` (${hoursPerMonth} h)`),
				]
			: hourly.kind === 'free'
				? [span('cost.free', 'free'), span('text.muted', ` · ${hourly.reason}`)]
				: hourly.kind === 'unknown'
					? [span('cost.unknown', '?'), span('text.muted', ` · ${hourly.reason}`)]
					: ['billed by usage'];
	return [
		factLine('now', ...head),
		...components.flatMap(({name, description, hourly, asOf, billsWhenStopped}) => {
			const words = [description, asOf === undefined ? '' : `price of ${asOf}`, billsWhenStopped ? 'also while stopped' : ''];
			return wrapText(words.filter(Boolean).join(' · '), Math.max(16, width - factLabelWidth - rateWidth - 2)).map((text, index) =>
				factLine(index === 0 ? name : '', (index === 0 ? rate(hourly) : '').padStart(rateWidth), span('text.muted', `  ${text}`)),
			);
		}),
		...(notCounted.length === 0 ? [] : [factLine('left out', span('text.muted', notCounted.join(', ')))]),
	];
}

function metricLines(metrics: ResourceMetrics | undefined, width: number): readonly Line[] {
	if (metrics === undefined) {
		return [];
	}

	const cells = Math.max(6, Math.min(24, width - factLabelWidth - 22));
	const gauge = (label: string, share: number, text: string): Line => factLine(label, ...bar(share, cells), ` ${text}`);
	const {cpuPercent, memoryBytes, memoryTotalBytes, diskBytes, diskTotalBytes, uptimeMs, load1} = metrics;
	const amount = (used: number, all: number | undefined) =>
		all === undefined ? formatBytes(used) : `${formatBytes(used)} of ${formatBytes(all)}`;
	return [
		...(cpuPercent === undefined ? [] : [gauge('cpu', cpuPercent / 100, `${Math.round(cpuPercent)} %`)]),
		...(memoryBytes === undefined
			? []
			: [
					memoryTotalBytes === undefined
						? factLine('memory', formatBytes(memoryBytes))
						: gauge('memory', memoryBytes / memoryTotalBytes, amount(memoryBytes, memoryTotalBytes)),
				]),
		...(diskBytes === undefined || diskTotalBytes === undefined
			? []
			: [gauge('disk', diskBytes / diskTotalBytes, amount(diskBytes, diskTotalBytes))]),
		...(load1 === undefined ? [] : [factLine('load', String(load1))]),
		...(uptimeMs === undefined ? [] : [factLine('up', formatDuration(uptimeMs))]),
	];
}

function tagLines({tags = {}}: Resource): readonly Line[] {
	const keys = Math.min(24, Math.max(0, ...Object.keys(tags).map(key => textWidth(key))));
	return Object.entries(tags).map(([key, value]) => [span('text.muted', padEnd(key, Math.max(keys, textWidth(key)) + 2)), value]);
}

const levelTokens = {debug: 'text.faint', info: 'event.info', warn: 'event.warn', error: 'event.error'} as const;

function timelineLines({events, isGone}: DescribeScreen, width: number): readonly Line[] {
	if (events.status === 'loading') {
		return [[span('text.muted', 'reading what happened to it …')]];
	}

	if (events.status === 'failed') {
		return failureLines(events.error, width);
	}

	return [
		...(isGone ? [[span('health.warn', 'It is gone; this is what was last known.')]] : []),
		...(events.value.length === 0
			? [[span('text.muted', 'Nothing has happened to it since cws watches.')]]
			: events.value.map(({at, type, message, level}): Line => [
					span('text.faint', `${dayTime(at)}  `),
					span(levelTokens[level], type.padEnd(22)),
					' ',
					message,
				])),
	];
}
