import {exitCodes} from '../../core/failure/error-codes.ts';
import {formatBytes} from '../../core/text/bytes.ts';
import {formatDuration} from '../../core/text/duration.ts';
import {failure} from '../../core/failure/failure.ts';
import {nearest} from '../../core/text/nearest.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {type Verb, type VerbContext} from '../shared/verb.ts';

const actions = ['list', 'status', 'enable', 'disable', 'reload'] as const;
const commands = {enable: 'enablePlugin', disable: 'disablePlugin', reload: 'reloadPlugin'} as const;

export const plugin: Verb = {
	name: 'plugin',
	aliases: ['plugins'],
	usage: 'list\nstatus ID\nenable ID\ndisable ID\nreload ID',
	short: 'list plugins, or look after one',
	minimum: 1,
	maximum: 2,
	async run(context) {
		const {print, input, signal} = context;
		const [action, id] = input as readonly [string, string | undefined];
		const {engine} = await context.app();
		await engine.load();
		if (action === 'list') {
			return listPlugins(context, engine.getState().plugins);
		}

		if (!(actions as readonly string[]).includes(action)) {
			const meant = nearest(action, actions);
			return print.failure(
				failure('CWS_USAGE', {
					message: `\`${action}\` is nothing \`cws plugin\` does.`,
					fix: meant ? `cws plugin ${meant}` : 'cws plugin --help',
				}),
			);
		}

		if (id === undefined) {
			return print.failure(failure('CWS_USAGE', {message: `\`cws plugin ${action}\` needs the id of a plugin.`, fix: 'cws plugin list'}));
		}

		if (action === 'status') {
			await engine.run('checkHealth', {plugin: id, start: true}, {origin: 'cli', signal});
			const record = engine.getState().plugins.find(one => one.id === id);
			return record ? showStatus(context, record) : print.failure(failure('CWS_NO_PLUGIN', {message: `There is no plugin \`${id}\`.`}));
		}

		const done = await engine.run(commands[action as keyof typeof commands], {plugin: id}, {origin: 'cli', signal});
		if (!done.ok) {
			return print.failure(done.error);
		}

		if (print.isJson) {
			print.json(done.value);
		} else {
			print.line(`${id} ${done.value.state}`);
		}

		return exitCodes.done;
	},
};

function listPlugins({print}: VerbContext, plugins: readonly PluginRecord[]) {
	if (print.isJson) {
		print.json({plugins});
		return exitCodes.done;
	}

	print.table(plugins, [
		{title: 'NAME', value: row => row.id},
		{title: 'VERSION', value: row => row.manifest.version},
		{title: 'TYPE', value: row => row.manifest.kind},
		{title: 'STATUS', value: row => row.state},
		{title: 'ORIGIN', value: row => row.origin},
		{title: 'DESCRIPTION', value: row => row.manifest.description ?? row.manifest.title, canShrink: true},
	]);
	return exitCodes.done;
}

function showStatus({print}: VerbContext, {id, manifest, state, origin, health, usage, startedAt, error, strikes}: PluginRecord) {
	if (print.isJson) {
		print.json({id, version: manifest.version, state, origin, health, usage, startedAt, error, strikes});
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
	];
	lines.forEach(line => print.line(line));
	return exitCodes.done;
}
