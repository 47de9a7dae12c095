import assert from 'node:assert/strict';
import {readPaneView} from '../../core/read-pane-view.ts';
import {type ContractCheck} from './contract.ts';
import {callsOf} from './calls.ts';

/** What every plugin promises, whatever it is. */
export const pluginChecks: readonly ContractCheck[] = [
	{
		title: 'it starts, and has every handler its manifest names',
		appliesTo: () => true,
		async run({record}) {
			const {state, error} = record();
			assert.equal(state, 'active', JSON.stringify(error));
		},
	},
	{
		title: 'its health is honest: it passes only when every check does, and says why otherwise',
		appliesTo: ({kind}) => kind !== 'theme',
		async run({host, plugin}) {
			const health = await host.checkHealth(plugin);
			assert.ok(health.ok, JSON.stringify(health));
			const {status, checks = [], output} = health.value;
			assert.notEqual(status, 'unknown', 'its health is unknown: it has no `health`, or that says nothing');
			assert.ok(
				status === 'pass' ? checks.every(check => check.status === 'pass' || check.status === 'unknown') : output !== undefined,
				JSON.stringify(health.value),
			);
		},
	},
	{
		title: 'a method it does not have is refused, and it goes on',
		appliesTo: () => true,
		async run(subject, sample) {
			const {generation} = subject.record();
			for (const method of ['provider.teleport', 'commands.__proto__', 'constructor', 'toString']) {
				const outcome = await callsOf(subject, sample).call(method, []);
				assert.ok(!outcome.ok && outcome.error.code === 'CWS_NOT_SUPPORTED', JSON.stringify([method, outcome]));
			}

			assert.deepEqual([subject.record().state, subject.record().generation], ['active', generation]);
		},
	},
	{
		title: 'its tasks may run twice in a row: after a crash they do',
		appliesTo: ({contributes}) => (contributes?.tasks ?? []).length > 0,
		async run(subject, sample) {
			for (const {handler} of subject.record().manifest.contributes?.tasks ?? []) {
				for (const time of ['first', 'second']) {
					const outcome = await callsOf(subject, sample).call(`tasks.${handler}`, []);
					assert.ok(outcome.ok && outcome.value !== false, `${handler}, the ${time} time: ${JSON.stringify(outcome)}`);
				}
			}
		},
	},
	{
		title: 'its panes are views the host can draw',
		appliesTo: ({contributes}) => (contributes?.panes ?? []).some(({placement}) => placement !== 'detail'),
		async run(subject, sample) {
			for (const {view, placement} of subject.record().manifest.contributes?.panes ?? []) {
				if (placement !== 'detail') {
					const drawn = readPaneView(await callsOf(subject, sample).value(`panes.${view}`, [{}]));
					assert.ok(drawn.ok, JSON.stringify([view, drawn]));
				}
			}
		},
	},
	{
		title: 'it can be reloaded in place',
		appliesTo: ({hotReload}) => hotReload !== false,
		async run({host, plugin, record}) {
			const {generation} = record();
			const reloaded = await host.reload(plugin);
			assert.ok(reloaded.ok, JSON.stringify(reloaded));
			assert.ok(reloaded.value.generation > generation);
			assert.equal(record().state, 'active');
		},
	},
	{
		title: 'nothing secret is in its log',
		appliesTo: (_manifest, {secret, secrets}) => secret !== undefined || secrets !== undefined,
		async run({host, plugin}, {secret, secrets = {}}) {
			const log = JSON.stringify(host.logs(plugin));
			for (const value of [secret, ...Object.values(secrets)]) {
				assert.ok(value === undefined || !log.includes(value), 'a secret stands in its log');
			}
		},
	},
];
