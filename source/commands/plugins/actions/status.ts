import {exitCodes} from '../../../core/failure/error-codes.ts';
import {formatBytes} from '../../../core/text/bytes.ts';
import {formatDuration} from '../../../core/text/duration.ts';
import {type PluginRecord} from '../../../core/plugin.ts';
import {type ContributionProblem} from '../../../engine/contributions/present.ts';
import {contributionProblems} from '../../../engine/contributions/problems.ts';
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
		const record = findRecord(engine, id);
		if (record === undefined) {
			return print.failure(noPlugin(id));
		}

		const leftOut = contributionProblems(engine.getState().plugins).filter(({plugin}) => plugin === id);
		return showStatus(context, record, leftOut);
	},
};

function showStatus(
	{print}: VerbContext,
	{id, manifest, state, origin, health, usage, startedAt, error, strikes}: PluginRecord,
	leftOut: readonly ContributionProblem[],
) {
	if (print.isJson) {
		print.json({id, version: manifest.version, state, origin, health, usage, startedAt, error, strikes, leftOut});
		return exitCodes.done;
	}

	const percent = usage && usage.calls > 0 ? ((100 * usage.errors) / usage.calls).toFixed(2) : '0.00';
	const lines = [
		`Plugin: ${manifest.title} (${id})`,
		`Version: ${manifest.version}`,
		`Status: ${state.charAt(0).toUpperCase()}${state.slice(1)}`,
		...(startedAt === undefined ? [] : [`Uptime: ${formatDuration(Date.now() - startedAt)}`]),
		`Origin: ${origin}`,
		`Health: ${health.status}${health.output ? ` (${health.output})` : ''}`,
		`Resource types: ${(manifest.contributes?.resourceTypes ?? []).map(type => type.type).join(', ') || 'none'}`,
		...(usage
			? [
					`Resource usage: ~${formatBytes(usage.memoryBytes)} memory, ${usage.cpuPercent.toFixed(1)}% CPU`,
					`Calls: ${usage.calls}`,
					`Errors: ${usage.errors} (${percent}%)`,
				]
			: []),
		...(strikes > 0 ? [`Strikes: ${strikes}`] : []),
		...(error ? [`Last error: ${error.message}`] : []),
		...leftOut.map(({message, fix}) => `Left out: ${message} ${fix}`),
	];
	lines.forEach(line => print.line(line));
	return exitCodes.done;
}
