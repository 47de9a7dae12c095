import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type PermissionSet} from '../../../../source/core/manifest/permissions.ts';
import {type Json} from '../../../../source/core/schema/json.ts';
import {createGrants, type GrantQuestion} from '../../../../source/host/broker/grants/create-grants.ts';
import {createFakePluginKeep} from '../../../helpers/fake-plugin-keep.ts';
import {openTestStore, valueOf} from '../../../platform/store/open-test-store.ts';

const reason = 'to list servers';
const asked: PermissionSet = {http: [{hosts: ['api.hetzner.cloud'], methods: ['GET'], reason}]};
const question = {key: 'user/hetzner', bundleHash: 'one', asked, commands: {}, isVouched: false};

async function world(t: Parameters<typeof openTestStore>[0]) {
	const {plugins: keep} = await openTestStore(t, ':memory:');
	const grants = createGrants({keep, now: () => 42, by: 'ada (dashboard)'});
	const titles = async (changes: Partial<GrantQuestion> = {}) => {
		const missing = valueOf(await grants.missing({...question, ...changes}));
		return missing && {isUpdate: missing.isUpdate, titles: missing.needed.map(({title}) => title)};
	};
	return {grants, keep, titles};
}

test('nothing runs before somebody allowed it, and what is asked is shown with its reason', async t => {
	const {grants, keep, titles} = await world(t);
	const missing = valueOf(await grants.missing(question));
	assert.deepEqual(missing, {
		isUpdate: false,
		needed: [
			{kind: 'code', title: 'run its code, shut in, with a folder of its own', reason: '', risk: 'low'},
			{kind: 'http', title: 'send GET requests to api.hetzner.cloud', reason, risk: 'low'},
		],
	});
	valueOf(await grants.save(question));
	assert.equal(await titles(), undefined);
	assert.deepEqual(valueOf(await keep.readGrants()), [
		{key: 'user/hetzner', bundleHash: 'one', permissions: asked, commands: {}, grantedAt: 42, grantedBy: 'ada (dashboard)'},
	]);
	valueOf(await grants.revoke('user/hetzner'));
	assert.equal((await titles())?.isUpdate, false);
	assert.deepEqual(valueOf(await grants.read('user/hetzner')), {permissions: {}, commands: {}});
});

test('a plugin that needs nothing is asked for too: its code runs', async t => {
	const {titles} = await world(t);
	assert.deepEqual((await titles({asked: {}}))?.titles, ['run its code, shut in, with a folder of its own']);
});

test('perm-escalation: an update that asks for more is asked about the difference alone', async t => {
	const {grants, titles} = await world(t);
	valueOf(await grants.save(question));
	const more: PermissionSet = {...asked, exec: [{id: 'x', command: 'bash', args: [], reason: 'to be quick'}]};
	assert.deepEqual(await titles({asked: more}), {
		isUpdate: true,
		titles: ['run `bash`: FULL ACCESS TO YOUR ACCOUNT, as this program can run others'],
	});
	assert.equal(await titles({asked: {}}), undefined, 'less is fine');
	assert.deepEqual((await titles({asked: {http: [{...asked.http![0]!, methods: ['GET', 'DELETE']}]}}))?.titles, [
		'send GET, DELETE requests to api.hetzner.cloud',
	]);
});

test('other code needs another look, unless somebody vouches for it', async t => {
	const {grants, titles} = await world(t);
	valueOf(await grants.save(question));
	assert.deepEqual(await titles({bundleHash: 'two'}), {isUpdate: true, titles: ['run its code, which is not the code that was allowed']});
	assert.equal(await titles({bundleHash: 'two', isVouched: true}), undefined);
	assert.equal((await titles({bundleHash: 'two', isVouched: true, asked: {store: {maxBytes: 1}}}))?.titles.length, 1);
});

test('a command is shown with its path, and another program of its name is asked about', async t => {
	const {grants, titles} = await world(t);
	const tool = {
		asked: {
			exec: [
				{id: 'a', command: 'hcloud', args: ['list'], reason},
				{id: 'b', command: 'hcloud', args: ['list'], reason},
			],
		},
		commands: {hcloud: '/usr/bin/hcloud'},
	};
	assert.deepEqual((await titles(tool))?.titles.slice(0, 1), ['run `hcloud list` (/usr/bin/hcloud), outside the sandbox']);
	valueOf(await grants.save({...question, ...tool}));
	assert.equal(await titles(tool), undefined);
	assert.deepEqual(await titles({...tool, commands: {hcloud: '/home/ada/bin/hcloud'}}), {
		isUpdate: true,
		titles: ['run `hcloud list` (/home/ada/bin/hcloud), outside the sandbox'],
	});
	assert.equal(await titles({...tool, commands: {}}), undefined, 'one that is gone cannot run');
	assert.deepEqual(valueOf(await grants.read('user/hetzner')).commands, {hcloud: '/usr/bin/hcloud'});
});

test('a copy from elsewhere inherits nothing', async t => {
	const {grants, titles} = await world(t);
	valueOf(await grants.save(question));
	assert.equal((await titles({key: 'project:/work/plugins/hetzner/hetzner'}))?.isUpdate, false);
});

test('the words of a plugin are harmless where they are shown', async () => {
	const grants = createGrants({keep: createFakePluginKeep(), now: () => 0, by: 'x'});
	const missing = valueOf(await grants.missing({...question, asked: {env: [{name: 'A', reason: '\u001B[2J\nyes'}]}}));
	assert.deepEqual(
		missing?.needed.map(item => item.reason),
		['', '␛[2J yes'],
	);
});

test('a grant that cannot be read is none', async () => {
	const keep = createFakePluginKeep();
	const grants = createGrants({keep, now: () => 0, by: 'x'});
	const broken: readonly Json[] = [null, 7, [], {http: 'all'}, {http: [{hosts: 7}]}, {exec: [null]}, {events: []}];
	for (const permissions of broken) {
		await keep.saveGrant({key: 'user/hetzner', bundleHash: 'one', permissions, commands: {}, grantedAt: 0, grantedBy: 'x'});
		const missing = valueOf(await grants.missing(question));
		assert.ok(
			missing?.needed.some(({kind}) => kind === 'http'),
			JSON.stringify(permissions),
		);
	}
});
