import assert from 'node:assert/strict';
import {test} from 'node:test';
import {policyRefusal} from '../../../../source/host/broker/grants/policy-refusal.ts';

const plugin = {id: 'hetzner', version: '1.4.2', origin: 'user', permissions: {exec: [], store: {maxBytes: 1}}, isSigned: false} as const;

test('the policy of the machine denies, allows only, and wants versions that are new enough', async () => {
	const reasonOf = async (
		policy: Parameters<typeof policyRefusal>[0],
		changes: Partial<{id: string; version: string; origin: 'bundled' | 'user'}> = {},
	) => (await policyRefusal(policy, {...plugin, ...changes}))?.message;
	assert.equal(await reasonOf({}), undefined);
	assert.equal(await reasonOf({allow: ['hetzner']}), undefined);
	assert.match((await reasonOf({deny: ['hetzner'], allow: ['hetzner']})) ?? '', /is denied by the policy/);
	assert.match((await reasonOf({deny: ['local']}, {id: 'local', origin: 'bundled'})) ?? '', /is denied/);
	assert.match((await reasonOf({allow: ['other']})) ?? '', /not among the allowed/);
	assert.equal(await reasonOf({allow: []}, {id: 'local', origin: 'bundled'}), undefined, 'what comes with cws is cws');
	assert.match((await reasonOf({minimumVersions: {hetzner: '1.10.0'}})) ?? '', /1\.4\.2 is older than 1\.10\.0/);
	assert.equal(await reasonOf({minimumVersions: {hetzner: '1.4.2'}}), undefined);
	assert.match((await reasonOf({minimumVersions: {hetzner: '1.4.2'}}, {version: '1.4.2-beta.1'})) ?? '', /older/);
	assert.match((await reasonOf({minimumVersions: {hetzner: 'new'}})) ?? '', /older/, 'what cannot be compared does not run');
	assert.equal(await reasonOf({minimumVersions: {}}, {id: 'constructor'}), undefined);
	assert.match((await reasonOf({requireSigned: true})) ?? '', /is not signed/);
	assert.equal(await reasonOf({requireSigned: true, forbidPermissions: ['exec']}, {origin: 'bundled'}), undefined);
	assert.match((await reasonOf({forbidPermissions: ['exec', 'fs', 'store']})) ?? '', /asks for `exec`, `store`, which no plugin may have/);
});

test('a refusal says where it comes from', async () => {
	const refusal = await policyRefusal({deny: ['hetzner'], file: '/etc/cws/policy.toml'}, plugin);
	assert.equal(refusal?.cause, '`/etc/cws/policy.toml` says so');
	assert.equal(refusal?.code, 'CWS_PLUGIN_DENIED');
});
