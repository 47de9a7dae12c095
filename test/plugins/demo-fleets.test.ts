import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {suite, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {demo} from '../../source/commands/dashboard/demo.ts';
import {type Manifest} from '../../source/core/manifest.ts';
import {type ProviderResource} from '../../source/core/resource.ts';
import {startPlugin} from './plugin-under-test.ts';

const folder = fileURLToPath(new URL('../../plugins/', import.meta.url));
const fleets = demo.flags?.['fleet']?.choices ?? [];
/** This machine is there for everybody; `mock` is the demo without a fleet. */
const withoutFleet = new Set(['local', 'mock']);

const manifests = readdirSync(folder)
	.filter(name => existsSync(`${folder}${name}/plugin.json`))
	.map(name => JSON.parse(readFileSync(`${folder}${name}/plugin.json`, 'utf8')) as Manifest);

test('every provider that comes with cws has a recorded fleet for `cws demo`', () => {
	const providers = manifests.filter(({kind}) => kind === 'provider').map(({id}) => id);
	assert.deepEqual(
		providers.filter(id => !withoutFleet.has(id) && !fleets.includes(id)),
		[],
	);
	assert.deepEqual(
		fleets.filter(id => !providers.includes(id)),
		[],
	);
});

for (const {id, contributes} of manifests.filter(manifest => fleets.includes(manifest.id))) {
	suite(`the recorded fleet of ${id}`, () => {
		test('has rows of every type, the same each time, and is well without anything of this machine', async () => {
			const types = (contributes?.resourceTypes ?? []).map(({type, provider = id}) => ({type, provider}));
			const first = await rowsOf(id, types);
			assert.deepEqual(
				types.filter(({type}) => !first.some(row => row.type === type)),
				[],
			);
			assert.deepEqual(keysOf(await rowsOf(id, types)), keysOf(first));
		});
	});
}

async function rowsOf(id: string, types: readonly {readonly type: string; readonly provider: string}[]) {
	await using plugin = await startPlugin(id, {demo: true});
	const rows: ProviderResource[] = [];
	for (const {provider, type} of types) {
		rows.push(...(await plugin.list(provider, type)).flatMap(({resources}) => resources));
	}

	const health = await plugin.host.checkHealth(id);
	assert.ok(health.ok && health.value.status !== 'fail', JSON.stringify(health));
	return rows;
}

/** What does not move with the clock. */
const keysOf = (rows: readonly ProviderResource[]): readonly string[] =>
	rows.map(({type, id, name, status, account, region, size}) => [type, account, region, id, name, status, size].join(' ')).toSorted();
