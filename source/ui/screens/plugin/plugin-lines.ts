import {formatBytes} from '../../../core/text/bytes.ts';
import {formatAge, formatDuration, formatElapsed} from '../../../core/text/duration.ts';
import {type HealthStatus} from '../../../core/health.ts';
import {type PluginRecord} from '../../../core/plugin.ts';
import {type EngineState} from '../../../engine/state.ts';
import {textWidth, wrapText} from '../../../core/text/text.ts';
import {sparkline} from '../../components/chart/sparkline.ts';
import {cell, type Line, span} from '../../components/line/line.ts';
import {failureLines} from '../../overlays/message/message.ts';
import {factLine, factLines} from '../../overlays/shared/facts.ts';
import {type Token} from '../../theme/tokens.ts';
import {clockTime} from '../../view/time/clock-time.ts';
import {besides, section} from '../shared/sections.ts';

const healthTokens: Readonly<Record<HealthStatus, Token>> = {
	pass: 'health.pass',
	warn: 'health.warn',
	fail: 'health.fail',
	unknown: 'health.unknown',
};

const glyphs: Readonly<Record<HealthStatus, string>> = {pass: '●', warn: '◐', fail: '✖', unknown: '◌'};

/** Everything the host knows of a plugin, as lines. */
export function pluginLines(id: string, engine: EngineState, now: number, width: number): readonly Line[] {
	const plugin = engine.plugins.find(record => record.id === id);
	if (plugin === undefined) {
		return [[span('health.warn', `There is no plugin \`${id}\` any more.`)]];
	}

	const column = (width < 96 ? width : Math.floor((width - 3) / 2)) - 2;
	return [
		...(plugin.error === undefined
			? []
			: section(plugin.stage === undefined ? 'Failed' : `Failed at ${plugin.stage}`, failureLines(plugin.error, width - 2))),
		...besides(
			section('Plugin', aboutLines(plugin, now, column)),
			[...section('Health', healthLines(plugin, now, column)), ...section('Use', usageLines(plugin))],
			width,
		),
		...section('Offers', offerLines(plugin, engine, now, width - 2)),
		...section('Log', logLines(plugin, engine)),
	];
}

function aboutLines(plugin: PluginRecord, now: number, width: number): readonly Line[] {
	const {manifest, state, origin, directory, generation, startedAt, startMs, strikes, retryAt, isNiced} = plugin;
	return [
		...factLines('is', manifest.description ?? manifest.title, width),
		factLine('id', plugin.id, span('text.muted', ` ${manifest.version} · ${manifest.kind}`)),
		factLine(
			'state',
			span(state === 'active' ? 'health.pass' : state === 'failed' || state === 'quarantined' ? 'health.fail' : 'text.default', state, {
				bold: true,
			}),
			span('text.muted', retryAt === undefined ? '' : ` · tries again in ${formatElapsed(Math.max(0, retryAt - now))}`),
		),
		...factLines(
			'worker',
			[
				`generation ${generation}`,
				startedAt === undefined ? '' : `up ${formatDuration(now - startedAt)}`,
				startMs === undefined ? '' : `started in ${formatElapsed(startMs)}`,
				isNiced ? 'niced' : '',
			]
				.filter(Boolean)
				.join(' · '),
			width,
		),
		factLine('strikes', span(strikes > 0 ? 'health.warn' : 'text.default', String(strikes))),
		factLine('origin', origin, span('text.muted', manifest.author === undefined ? '' : ` · by ${manifest.author}`)),
		...factLines('in', directory, width, 'text.muted'),
	];
}

function healthLines({health, healthHistory}: PluginRecord, now: number, width: number): readonly Line[] {
	const cells = Math.min(40, Math.max(8, width - 12));
	const line = sparkline(
		healthHistory.map(({latencyMs = 0}) => latencyMs),
		cells,
	);
	return [
		factLine(
			'is',
			span(healthTokens[health.status], `${glyphs[health.status]} ${health.status}`, {bold: true}),
			span('text.muted', health.latencyMs === undefined ? '' : ` · answered in ${formatElapsed(health.latencyMs)}`),
			span('text.muted', health.observedAt === undefined ? '' : ` · ${formatAge(now - health.observedAt)}`),
		),
		...(health.output === undefined ? [] : factLines('says', health.output, width)),
		...(health.fix === undefined ? [] : factLines('try', health.fix, width, 'text.accent')),
		...(health.checks ?? []).map(({name, status, output, observedValue, observedUnit}) =>
			factLine(
				'',
				span(healthTokens[status], `${glyphs[status]} `),
				name,
				span(
					'text.muted',
					[observedValue === undefined ? '' : ` ${observedValue} ${observedUnit ?? ''}`, output === undefined ? '' : ` ${output}`].join(''),
				),
			),
		),
		...(line === '' ? [] : [factLine('latency', span('chart.line', line))]),
		...(healthHistory.length === 0
			? []
			: [factLine('history', ...healthHistory.slice(-cells).map(({status}) => span(healthTokens[status], glyphs[status])))]),
	];
}

const usageLines = ({usage}: PluginRecord): readonly Line[] =>
	usage === undefined
		? [[span('text.muted', 'it does not run')]]
		: [
				factLine('memory', formatBytes(usage.memoryBytes)),
				factLine('cpu', `${usage.cpuPercent.toFixed(1)} %`, span('text.muted', ' of one core')),
				factLine(
					'calls',
					String(usage.calls),
					span(usage.errors > 0 ? 'health.warn' : 'text.muted', ` · ${usage.errors} ${usage.errors === 1 ? 'error' : 'errors'}`),
				),
				factLine(
					'answers',
					...(usage.p50Ms === undefined ? [span('text.muted', 'none yet')] : [`p50 ${formatElapsed(usage.p50Ms)}`]),
					usage.p95Ms === undefined ? '' : ` · p95 ${formatElapsed(usage.p95Ms)}`,
				),
			];

function offerLines({manifest, id}: PluginRecord, {sources}: EngineState, now: number, width: number): readonly Line[] {
	const offers = (manifest.contributes?.resourceTypes ?? []).map(({type, provider = id, operations}) => {
		const source = sources.find(({key}) => key === `${provider}/${type}`);
		const age = source?.seenAt === undefined ? '' : ` · ${formatAge(now - source.seenAt)}`;
		const state = source === undefined ? '' : source.phase === 'failed' ? 'failed' : `${source.resources.length} here${age}`;
		return {name: `${provider}/${type}`, state, operations: operations.join(' ')};
	});
	const name = Math.max(0, ...offers.map(offer => textWidth(offer.name))) + 2;
	const state = Math.max(0, ...offers.map(offer => textWidth(offer.state))) + 2;
	return offers.flatMap(offer =>
		wrapText(offer.operations, Math.max(16, width - name - state)).map((text, index): Line => [
			cell('text.strong', index === 0 ? offer.name : '', name),
			cell(offer.state === 'failed' ? 'health.fail' : 'text.muted', index === 0 ? offer.state : '', state),
			span('text.muted', text),
		]),
	);
}

const levelTokens = {debug: 'text.faint', info: 'text.default', warn: 'event.warn', error: 'event.error'} as const;

function logLines({id}: PluginRecord, {logs}: EngineState): readonly Line[] {
	const own = logs.filter(({plugin}) => plugin === id).slice(0, 12);
	return own.length === 0
		? [[span('text.muted', 'it has not logged anything')]]
		: own.map(({at, level, message}) => [span('text.faint', `${clockTime(at)} `), cell(levelTokens[level], level, 6), message]);
}
