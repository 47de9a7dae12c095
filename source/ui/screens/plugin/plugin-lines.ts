import {formatBytes} from '../../../core/text/bytes.ts';
import {type Failure} from '../../../core/failure/failure.ts';
import {formatAge, formatDuration, formatElapsed} from '../../../core/text/duration.ts';
import {type HealthStatus} from '../../../core/health.ts';
import {isAbsent, type PluginRecord} from '../../../core/plugin.ts';
import {isOffering} from '../../../core/plugin-presence.ts';
import {type Consent} from '../../../core/plugin-parts.ts';
import {safeText} from '../../../core/text/safe-text.ts';
import {type EngineState} from '../../../engine/state.ts';
import {wrapText} from '../../../core/text/text.ts';
import {sparkline} from '../../components/chart/sparkline.ts';
import {type Line, span} from '../../components/line/line.ts';
import {failureLines} from '../../overlays/message/message.ts';
import {factLine, factLines} from '../../overlays/shared/facts.ts';
import {type Token} from '../../theme/tokens.ts';
import {logLines} from './log-lines.ts';
import {absentLines, resourceTypeLines} from './offer-lines.ts';
import {besides, section} from '../shared/sections.ts';

const healthTokens: Readonly<Record<HealthStatus, Token>> = {
	pass: 'health.pass',
	warn: 'health.warn',
	fail: 'health.fail',
	unknown: 'health.unknown',
};

const glyphs: Readonly<Record<HealthStatus, string>> = {pass: '●', warn: '◐', fail: '✖', unknown: '◌'};

/** The plugin of an id; of several copies the one that counts. */
export const findShown = ({plugins}: Pick<EngineState, 'plugins'>, id: string): PluginRecord | undefined =>
	plugins.find(record => record.id === id && record.state !== 'shadowed') ?? plugins.find(record => record.id === id);

/** How it is now: what failed, what it waits for, its health and what it uses. */
export function pluginLines(plugin: PluginRecord, engine: EngineState, now: number, width: number): readonly Line[] {
	const column = (width < 96 ? width : Math.floor((width - 3) / 2)) - 2;
	const {consent, error, stage} = plugin;
	return [
		...(consent === undefined ? [] : section('Waits for you', waitLines(consent, width - 2))),
		...(error === undefined || consent !== undefined
			? []
			: section(stage === undefined ? 'Failed' : `Failed at ${stage}`, [...failureLines(error, width - 2), ...offerSecret(error)])),
		...besides(
			[...section('Plugin', aboutLines(plugin, now, column)), ...section('Services', serviceLines(plugin, column))],
			[...section('Health', healthLines(plugin, now, column)), ...section('Use', usageLines(plugin))],
			width,
		),
		...section('Offers', isOffering(plugin) ? resourceTypeLines(plugin, engine, now, width - 2) : absentLines(plugin, width - 2)),
		...section('Log', logLines(plugin, engine, 8)),
	];
}

function waitLines({needed, isUpdate}: Consent, width: number): readonly Line[] {
	const count = `${needed.length} ${needed.length === 1 ? 'permission' : 'permissions'}`;
	const text = isUpdate ? `An update asks for ${count} more; the version before runs on.` : `It asks for ${count} before it runs.`;
	return [
		...wrapText(text, width).map((line): Line => [span('health.warn', line, {bold: true})]),
		[span('key', 'enter'), span('text.muted', ' reads them and answers')],
	];
}

const offerSecret = ({code}: Failure): readonly Line[] =>
	code === 'CWS_SECRET_MISSING' ? [[span('text.muted', 'or press '), span('key', 'K'), span('text.muted', ' to enter it here')]] : [];

function aboutLines(plugin: PluginRecord, now: number, width: number): readonly Line[] {
	const {manifest, state, origin, badge, directory, generation, startedAt, startMs, strikes, retryAt, isNiced} = plugin;
	return [
		...factLines('is', safeText(manifest.description ?? manifest.title), width),
		factLine('id', plugin.id, span('text.muted', ` ${manifest.version} · ${manifest.kind}`)),
		factLine(
			'state',
			span(state === 'active' ? 'health.pass' : state === 'failed' || state === 'quarantined' ? 'health.fail' : 'text.default', state, {
				bold: true,
			}),
			span(
				'text.muted',
				retryAt === undefined || state !== 'backoff' ? '' : ` · tries again in ${formatElapsed(Math.max(0, retryAt - now))}`,
			),
		),
		...(isAbsent(plugin) ? factLines('asleep', safeText(plugin.absent ?? ''), width, 'text.muted') : []),
		...factLines(
			'worker',
			[
				generation === 0 ? 'never started' : `generation ${generation}`,
				startedAt === undefined ? '' : `up ${formatDuration(now - startedAt)}`,
				startMs === undefined ? '' : `started in ${formatElapsed(startMs)}`,
				isNiced ? 'niced' : '',
			]
				.filter(Boolean)
				.join(' · '),
			width,
		),
		factLine('strikes', span(strikes > 0 ? 'health.warn' : 'text.default', String(strikes))),
		factLine('origin', origin, span('text.muted', manifest.author === undefined ? '' : ` · by ${safeText(manifest.author)}`)),
		factLine(
			'signature',
			origin === 'bundled'
				? span('text.default', 'comes with cws')
				: span('health.warn', badge === 'development' ? 'unsigned, in development' : 'unsigned', {bold: true}),
			span('text.muted', origin === 'bundled' ? '' : ' · runs in the sandbox'),
		),
		...factLines('in', directory, width, 'text.muted'),
	];
}

function serviceLines({services, requires}: PluginRecord, width: number): readonly Line[] {
	return [
		...services.map(({name, version, isOffered, hiddenBy}) =>
			factLine(
				'offers',
				span('text.default', name),
				span('text.muted', ` ${version}`),
				span(
					isOffered ? 'health.pass' : 'text.faint',
					isOffered ? ' ●' : hiddenBy === undefined ? ' ○ not running' : ` ○ ${hiddenBy} goes before`,
				),
			),
		),
		...requires.flatMap(({kind, name, range, isOptional, metBy, problem}): readonly Line[] => [
			factLine(
				isOptional ? 'may use' : 'needs',
				span('text.default', name),
				span('text.muted', ` ${range}${kind === 'plugin' ? ' (plugin)' : ''}`),
				metBy === undefined ? span(isOptional ? 'text.faint' : 'health.fail', ' not there') : span('health.pass', ` ● ${metBy}`),
			),
			...(problem === undefined ? [] : factLines('', safeText(problem), width, 'text.muted')),
		]),
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

const usageLines = ({usage, state}: PluginRecord): readonly Line[] =>
	usage === undefined
		? [[span('text.muted', state === 'active' ? 'not measured yet' : 'it does not run')]]
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
