import assert from 'node:assert/strict';
import {test} from 'node:test';
import {installLines} from '../../../source/commands/plugins/actions/install.ts';
import {statusLines} from '../../../source/commands/plugins/actions/status.ts';
import {capabilityCounts, capabilityLabels} from '../../../source/core/plugin-capabilities.ts';
import {type Manifest} from '../../../source/core/manifest.ts';
import {fakePlugin} from '../../helpers/fake-host.ts';

const analytics: Manifest = {
	id: 'research-analytics',
	version: '1.0.0',
	title: 'Research analytics',
	kind: 'system',
	api: 1,
	main: 'plugin.js',
	routerPrefix: '/analytics',
	contributes: {
		commands: [
			{name: 'analytics', short: 'a'},
			{name: 'report', parent: 'analytics', short: 'b', handler: 'report'},
		],
		endpoints: [
			{method: 'GET', path: '/usage', handler: 'usage'},
			{method: 'GET', path: '/costs', handler: 'costs'},
		],
		events: [
			{on: 'instance.launched', handler: 'launched'},
			{on: 'instance.terminated', handler: 'terminated'},
		],
	},
};

test('the status of a plugin has the lines of the seed, with the numbers that were measured', () => {
	const record = fakePlugin('research-analytics', [], {
		manifest: analytics,
		state: 'active',
		health: {status: 'pass'},
		usage: {memoryBytes: 15 * 1_048_576, cpuPercent: 0.1, calls: 1247, errors: 12},
	});
	assert.deepEqual(statusLines(record, 0).slice(0, 6), [
		'Plugin: research-analytics v1.0.0',
		'Status: Active',
		'Health: Healthy',
		'Capabilities: 2 CLI commands, 2 API endpoints, 2 event handlers',
		'Resource usage: 15MB memory, 0.1% CPU',
		'API requests: 1,247 total, 12 errors (0.96%)',
	]);
});

test('a plugin that was never called has no errors, and one that waits says what it asks for', () => {
	const lines = statusLines(
		fakePlugin('x', [], {
			state: 'blocked',
			stage: 'security',
			usage: {memoryBytes: 1, cpuPercent: 0, calls: 0, errors: 0},
			consent: {needed: [{kind: 'http', title: 'send requests to a.test', reason: '', risk: 'low'}], isUpdate: false},
			denied: {count: 2, last: {at: 0, what: '`http`'}},
		}),
		0,
	);
	assert.ok(lines.includes('Status: Blocked (at security)'));
	assert.ok(lines.includes('API requests: 0 total, 0 errors (0.00%)'));
	assert.ok(lines.includes('Asks for: send requests to a.test'));
	assert.ok(lines.includes('Denied: 2, last `http`'));
});

test('an installation says what there is now, an update what changed and whether cws must start again', () => {
	assert.deepEqual(
		installLines(
			{manifest: analytics},
			{plugin: 'research-analytics', version: '1.0.0', directory: '/p/research-analytics', needsRestart: false},
		),
		[
			'Installed: research-analytics v1.0.0',
			'Installed to: /p/research-analytics',
			'Available commands: cws analytics, cws analytics report',
			'Available APIs: /analytics/*',
		],
	);
	const slurm: Manifest = {
		...analytics,
		id: 'slurm-integration',
		contributes: {
			serviceTypes: [{type: 'slurm_job', resourceType: 'job'}],
			templateTypes: [{type: 'slurm_template', section: 'slurm_config', schema: {}}],
		},
	};
	assert.deepEqual(
		installLines(
			{manifest: slurm},
			{plugin: 'slurm-integration', version: '2.1.0', previousVersion: '2.0.0', directory: '/p/s', changes: 'Arrays', needsRestart: false},
		),
		[
			'Updated: slurm-integration v2.0.0 → v2.1.0',
			'Changes: Arrays',
			'Restart required: No (hot-reloadable)',
			'Installed to: /p/s',
			'New service types: slurm_job',
			'New template types: slurm_template',
		],
	);
});

test('labels and counts come from what a manifest contributes, and from nothing else', () => {
	assert.deepEqual(capabilityLabels(analytics), ['CLI', 'API', 'Events']);
	assert.deepEqual(capabilityCounts(analytics), ['2 CLI commands', '2 API endpoints', '2 event handlers']);
	const look: Manifest = {
		...analytics,
		provides: {pricing: '1.0.0'},
		contributes: {
			panes: [{id: 'p', title: 'P', placement: 'tab', view: 'p'}],
			themes: [{name: 't', theme: {}}],
			middleware: [{name: 'm', handler: 'm'}],
		},
	};
	assert.deepEqual(capabilityLabels(look), ['API', 'GUI', 'Themes', 'Services']);
	assert.deepEqual(capabilityCounts(look), ['1 middleware', '1 pane', '1 theme', '1 service']);
	assert.deepEqual(capabilityLabels({...analytics, contributes: {}}), []);
});
