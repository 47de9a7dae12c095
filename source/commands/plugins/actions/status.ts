import {exitCodes} from '../../../core/failure/error-codes.ts';
import {type HealthStatus} from '../../../core/health.ts';
import {capabilityCounts} from '../../../core/plugin-capabilities.ts';
import {type PluginRecord} from '../../../core/plugin.ts';
import {type Engine} from '../../../engine/engine.ts';
import {type ContributionProblem} from '../../../engine/contributions/contribution-problem.ts';
import {contributionProblems} from '../../../engine/contributions/problems.ts';
import {formatDuration} from '../../../core/text/duration.ts';
import {type VerbContext} from '../../shared/verb.ts';
import {findRecord, loadedEngine, noPlugin, type PluginAction} from '../action.ts';

export const status: PluginAction = {
	name: 'status',
	usage: 'ID',
	minimum: 1,
	maximum: 1,
	async run(context) {
		const {print, input, signal} = context;
		const id = input[0]!;
		const engine = await loadedEngine(context);
		await engine.run('checkHealth', {plugin: id, start: true}, {origin: 'cli', signal});
		await whenMeasured(engine, id, signal);
		const record = findRecord(engine, id);
		if (record === undefined) {
			return print.failure(noPlugin(id));
		}

		const leftOut = contributionProblems(engine.getState().plugins).filter(({plugin}) => plugin === id);
		return showStatus(context, record, leftOut);
	},
};

// The first reading of a plugin that nobody calls comes after two seconds.
const measuredMs = 4000;

/** A plugin that was started for this has not been measured yet. */
async function whenMeasured(engine: Engine, id: string, signal: AbortSignal): Promise<void> {
	const isWaiting = () => {
		const record = findRecord(engine, id);
		return record?.state === 'active' && record.usage === undefined;
	};
	if (!isWaiting()) {
		return;
	}

	const {promise, resolve} = Promise.withResolvers<void>();
	const unsubscribe = engine.subscribe(() => {
		if (!isWaiting()) {
			resolve();
		}
	});
	const end = AbortSignal.any([signal, AbortSignal.timeout(measuredMs)]);
	end.addEventListener('abort', () => resolve(), {once: true});
	await promise;
	unsubscribe();
}

const healthWords: Readonly<Record<HealthStatus, string>> = {pass: 'Healthy', warn: 'Degraded', fail: 'Unhealthy', unknown: 'Unknown'};
const numbers = new Intl.NumberFormat('en-US');

function showStatus({print}: VerbContext, record: PluginRecord, leftOut: readonly ContributionProblem[]) {
	if (print.isJson) {
		const {id, manifest, state, stage, origin, directory, badge, health, usage, startedAt, error, strikes, consent, denied} = record;
		const {version} = manifest;
		print.json({
			id,
			version,
			state,
			stage,
			origin,
			directory,
			badge,
			health,
			capabilities: capabilityCounts(manifest),
			usage,
			startedAt,
			error,
			strikes,
			consent,
			denied,
			leftOut,
		});
	} else {
		statusLines(record, Date.now()).forEach(line => print.line(line));
		leftOut.forEach(({message, fix}) => print.line(`Left out: ${message} ${fix}`));
	}

	return exitCodes.done;
}

/** The seed's block, and below it what else is known. */
export function statusLines(record: PluginRecord, now: number): readonly string[] {
	const {id, manifest, state, stage, origin, badge, health, usage, startedAt, error, strikes, consent, denied, services, requires} = record;
	const counts = capabilityCounts(manifest);
	return [
		`Plugin: ${id} v${manifest.version}`,
		`Status: ${state.charAt(0).toUpperCase()}${state.slice(1)}${stage === undefined ? '' : ` (at ${stage})`}`,
		`Health: ${healthWords[health.status]}${health.output ? ` (${health.output})` : ''}`,
		`Capabilities: ${counts.join(', ') || 'none'}`,
		...(usage === undefined
			? []
			: [
					`Resource usage: ${Math.max(1, Math.round(usage.memoryBytes / 1_048_576))}MB memory, ${usage.cpuPercent.toFixed(1)}% CPU`,
					`API requests: ${numbers.format(usage.calls)} total, ${numbers.format(usage.errors)} errors (${percentOf(usage.errors, usage.calls)}%)`,
				]),
		`Title: ${manifest.title}`,
		`Origin: ${origin}${badge === undefined ? '' : `, ${badge}`}`,
		...(startedAt === undefined ? [] : [`Uptime: ${formatDuration(now - startedAt)}`]),
		`Resource types: ${(manifest.contributes?.resourceTypes ?? []).map(type => type.type).join(', ') || 'none'}`,
		...(services.length === 0 ? [] : [`Services: ${services.map(({name, version}) => `${name} ${version}`).join(', ')}`]),
		...requires
			.filter(({problem}) => problem !== undefined)
			.map(({name, range, isOptional, problem}) => `${isOptional ? 'Could use' : 'Needs'}: ${name} ${range}: ${problem}`),
		...(consent === undefined ? [] : [`Asks for: ${consent.needed.map(({title}) => title).join('; ')}`]),
		...(denied.count === 0 ? [] : [`Denied: ${denied.count}${denied.last === undefined ? '' : `, last ${denied.last.what}`}`]),
		...(strikes > 0 ? [`Strikes: ${strikes}`] : []),
		...(error ? [`Last error: ${error.message}`] : []),
	];
}

const percentOf = (errors: number, calls: number): string => (calls === 0 ? 0 : (100 * errors) / calls).toFixed(2);
