import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {after, before, suite, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {type Manifest} from '../../source/core/manifest.ts';
import {callsOf, can} from '../../source/testing/contract/calls.ts';
import {contractChecks} from '../../source/testing/contract/contract-checks.ts';
import {type PluginUnderTest, startPlugin} from './plugin-under-test.ts';
import {processesUnder} from './processes-under.ts';
import {type Sample, samples} from './samples.ts';

const folder = fileURLToPath(new URL('../../plugins/', import.meta.url));
const plugins = readdirSync(folder).filter(name => existsSync(`${folder}${name}/plugin.json`));
const manifestOf = (plugin: string) => JSON.parse(readFileSync(`${folder}${plugin}/plugin.json`, 'utf8')) as Manifest;
const canDeploy = (plugin: string) =>
	manifestOf(plugin).contributes?.resourceTypes?.some(({operations}) => operations.includes('deploy')) === true;

test('every plugin that can deploy has a sample here', () => {
	assert.deepEqual(
		plugins.filter(plugin => canDeploy(plugin) && samples[plugin] === undefined),
		[],
	);
});

for (const plugin of plugins) {
	const sample = samples[plugin];
	if (sample !== undefined) {
		suite(plugin, () => {
			contractOf(plugin, sample);
		});
	}
}

/** The suite that authors run with `cws plugin test`, over a plugin of this tree. */
function contractOf(plugin: string, {world, ...sample}: Sample) {
	const manifest = manifestOf(plugin);
	let running: PluginUnderTest;
	let outside: AsyncDisposable | undefined;
	before(async () => {
		outside = await world?.();
		running = await startPlugin(plugin, sample.options);
	});
	after(async () => {
		await running[Symbol.asyncDispose]();
		await outside?.[Symbol.asyncDispose]();
	});

	for (const {title, appliesTo, run} of contractChecks) {
		if (appliesTo(manifest, sample)) {
			test(title, async () => run(running, sample));
		}
	}

	if (can(manifest, sample, 'deploy', 'destroy')) {
		test('stopping it leaves no process behind', {skip: existsSync('/proc') ? false : 'there is no /proc to look at'}, async () => {
			const other = await startPlugin(plugin, sample.options);
			const {deploy, act, targetOf} = callsOf(other, sample);
			const deployed = await deploy('stop');
			assert.ok(deployed.ok, JSON.stringify(deployed));
			await act('destroy', await targetOf(deployed.value.id!));
			await other[Symbol.asyncDispose]();
			assert.deepEqual(processesUnder(other.home), []);
			assert.equal(existsSync(other.home), false);
		});
	}
}
