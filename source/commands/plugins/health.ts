import {isAbsent} from '../../core/plugin.ts';
import {exitCodes} from '../../core/failure/error-codes.ts';
import {worstHealth} from '../../core/health.ts';
import {type Verb} from '../shared/verb.ts';

export const health: Verb = {
	name: 'health',
	usage: '',
	short: 'the health of every plugin; exit 1 when one fails',
	minimum: 0,
	maximum: 0,
	async run({app, print, signal}) {
		const {engine} = await app();
		await engine.load();
		const checked = await engine.run('checkHealth', {start: true}, {origin: 'cli', signal});
		if (!checked.ok) {
			return print.failure(checked.error);
		}

		const plugins = engine.getState().plugins.filter(plugin => plugin.state !== 'disabled' && !isAbsent(plugin));
		const status = worstHealth(plugins.map(plugin => plugin.health.status));
		if (print.isJson) {
			print.json({
				status,
				checks: Object.fromEntries(
					plugins.map(({id, manifest, health: {observedAt, ...rest}}) => [
						id,
						[
							{
								componentId: id,
								componentType: manifest.kind,
								...(observedAt !== undefined && {time: new Date(observedAt).toISOString()}),
								...rest,
							},
						],
					]),
				),
			});
		} else {
			print.table(plugins, [
				{title: 'PLUGIN', value: plugin => plugin.id},
				{title: 'HEALTH', value: plugin => plugin.health.status},
				{
					title: 'LATENCY',
					value: plugin => (plugin.health.latencyMs === undefined ? '-' : `${Math.round(plugin.health.latencyMs)} ms`),
					isRight: true,
				},
				{title: 'STATE', value: plugin => plugin.state},
				{title: 'OUTPUT', value: plugin => plugin.health.output ?? plugin.error?.message ?? '', canShrink: true},
			]);
		}

		return plugins.some(plugin => plugin.health.status === 'fail') ? exitCodes.failed : exitCodes.done;
	},
};
