import assert from 'node:assert/strict';
import {test} from 'node:test';
import {adapted, call, contextForTest} from './context-for-test.ts';

/** CloudWorkstation's analytics sample. */
class ResearchAnalyticsPlugin {
	readonly seen: string[] = [];
	Name() {
		return 'research-analytics';
	}

	Version() {
		return '1.0.0';
	}

	Description() {
		return 'Advanced analytics for research usage patterns';
	}

	Author() {
		return 'University Research IT';
	}

	Capabilities() {
		return {
			cli_commands: [
				{name: 'analytics', usage: 'analytics [subcommand]', short: 'Research usage analytics', handler: 'HandleAnalyticsCommand'},
				{
					name: 'report',
					usage: 'report --type [weekly|monthly|yearly]',
					short: 'Generate usage report',
					parent: 'analytics',
					flags: [
						{name: 'type', type: 'string', default: 'weekly'},
						{name: 'max-rows', type: 'int', default: 5},
					],
					handler: 'HandleReportCommand',
				},
			],
			api_endpoints: [
				{path: '/api/v1/analytics/usage', method: 'GET', handler: 'HandleUsageAPI', protected: true},
				{path: '/api/v1/analytics/costs', method: 'GET', handler: 'HandleCostAPI', permissions: ['analytics.read'], rate_limit: 60},
			],
			event_handlers: [{event_type: 'instance.launched', handler: 'HandleInstanceLaunched'}],
			service_types: ['slurm_job'],
			template_types: ['slurm_template'],
		};
	}

	Initialize(_context: unknown, config: Readonly<Record<string, unknown>>) {
		this.seen.push(`initialize ${String(config['db'])}`);
	}

	Start() {
		this.seen.push('start');
	}

	Stop() {
		this.seen.push('stop');
	}

	Health() {
		return {status: 'Healthy', message: 'fine'};
	}

	ExecuteCLICommand(context: {readonly GetFlag: (name: string) => unknown}, handler: string, args: readonly string[]) {
		if (handler !== 'HandleReportCommand') {
			throw new Error(`unknown command handler: ${handler}`);
		}

		return {Output: `${String(context.GetFlag('type'))} ${String(context.GetFlag('max-rows'))} ${args.join()}`, ExitCode: 3};
	}

	ExecuteAPIEndpoint(_context: unknown, handler: string, request: {readonly query: Readonly<Record<string, string>>}) {
		return {StatusCode: 200, Data: {handler, timerange: request.query['timerange'] ?? '7d'}, Headers: {'content-type': 'application/json'}};
	}

	HandleEvent(_context: unknown, type: string) {
		this.seen.push(type);
	}
}

test('the capabilities of the older interface become contributions the host takes', async () => {
	const {manifest, problems} = await adapted({default: new ResearchAnalyticsPlugin()});
	assert.deepEqual(problems, []);
	const {contributes = {}, ...rest} = manifest;
	assert.deepEqual(rest, {
		id: 'research-analytics',
		version: '1.0.0',
		title: 'Research analytics',
		description: 'Advanced analytics for research usage patterns',
		author: 'University Research IT',
		kind: 'system',
		api: 1,
	});
	assert.deepEqual(Object.keys(contributes), ['commands', 'endpoints', 'events', 'templateTypes', 'serviceTypes']);
	assert.deepEqual(contributes.commands?.[1]?.flags, [
		{name: 'type', type: 'string', default: 'weekly'},
		{name: 'maxRows', type: 'number', default: 5},
	]);
	assert.deepEqual(contributes.endpoints?.[1], {
		method: 'GET',
		path: '/api/v1/analytics/costs',
		protected: true,
		permissions: ['analytics.read'],
		rateLimit: 60,
		handler: 'HandleCostAPI',
	});
	assert.deepEqual([contributes.templateTypes?.[0]?.section, contributes.serviceTypes?.[0]?.resourceType], ['slurm_config', 'job']);
});

test('its lifecycle, health and named handlers go through, whatever the spelling of their answers', async () => {
	const old = new ResearchAnalyticsPlugin();
	const {plugin} = await adapted({default: old});
	await plugin.initialize?.(contextForTest('research-analytics', {db: 'x'}).context);
	await plugin.start?.();
	assert.deepEqual(await plugin.health?.(call), {status: 'pass', output: 'fine'});
	assert.deepEqual(await plugin.commands?.['HandleReportCommand']?.({args: ['a'], flags: {type: 'weekly', maxRows: 5}}, call), {
		text: 'weekly 5 a',
		exitCode: 3,
	});
	assert.deepEqual(await plugin.endpoints?.['HandleUsageAPI']?.({method: 'GET', path: '/', params: {}, query: {timerange: '1d'}}, call), {
		status: 200,
		headers: {'content-type': 'application/json'},
		body: {handler: 'HandleUsageAPI', timerange: '1d'},
	});
	await plugin.events?.['HandleInstanceLaunched']?.({type: 'instance.launched'} as never, call);
	await plugin.stop?.();
	assert.deepEqual(old.seen, ['initialize x', 'start', 'instance.launched', 'stop']);
});

test('a handler nobody has is an error that names it, one of its own name is called', async () => {
	const Capabilities = () => ({
		cliCommands: [
			{name: 'a', short: 'A', handler: 'DoIt'},
			{name: 'b', short: 'B', handler: 'Missing'},
		],
	});
	const {plugin} = await adapted({plugin: {name: 'tiny', version: '1.0.0', Capabilities, DoIt: () => 'done'}});
	assert.deepEqual(await plugin.commands?.['DoIt']?.({args: [], flags: {}}, call), {text: 'done'});
	await assert.rejects(async () => plugin.commands?.['Missing']?.({args: [], flags: {}}, call), /unknown command handler: Missing/);
});
