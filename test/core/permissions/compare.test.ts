import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type PermissionSet} from '../../../source/core/manifest/permissions.ts';
import {comparePermissions} from '../../../source/core/permissions/compare.ts';
import {describePermissions} from '../../../source/core/permissions/describe.ts';

const reason = 'why';
const granted: PermissionSet = {
	http: [
		{hosts: ['api.hetzner.cloud', '*.storage.example.com'], methods: ['GET', 'POST'], reason},
		{hosts: ['nas.lan'], privateNetwork: true, reason},
	],
	fs: [
		{path: '${xdgConfig}/hcloud', access: 'read', reason},
		{path: '${workspace}/out', access: 'write', reason},
	],
	env: [
		{name: 'HCLOUD_CONTEXT', reason},
		{name: 'HCLOUD_TOKEN', as: 'secret', reason},
	],
	exec: [{id: 'ssh', command: 'hcloud', args: ['ssh', {name: 'n', pattern: '[a-z]+'}], reason}],
	secrets: [{name: 'token', title: 'API token', hosts: ['api.hetzner.cloud']}],
	events: {subscribe: ['instance.*'], publish: ['hetzner.done']},
	store: {maxBytes: 1000},
	ui: ['notify'],
};

const titles = (asked: PermissionSet) => comparePermissions(granted, asked).missing.map(({kind, title}) => `${kind}: ${title}`);

test('the same set, and every smaller one, asks nothing', () => {
	assert.deepEqual(titles(granted), []);
	assert.deepEqual(titles({}), []);
	assert.deepEqual(
		titles({
			http: [{hosts: ['api.hetzner.cloud', 'a.storage.example.com'], methods: ['GET'], reason: 'other words'}],
			fs: [
				{id: 'new id', path: '${xdgConfig}/hcloud/cli.toml', access: 'read', reason},
				{path: '${workspace}/out/a', access: 'read', reason},
			],
			exec: [{id: 'renamed', command: 'hcloud', args: ['ssh', {name: 'host', pattern: '[a-z]+'}], reason}],
			env: [{name: 'HCLOUD_CONTEXT', as: 'secret', reason}],
			events: {subscribe: ['instance.launched']},
			store: {maxBytes: 10},
		}),
		[],
	);
});

const more: readonly (readonly [what: string, asked: PermissionSet, missing: RegExp])[] = [
	['another host', {http: [{hosts: ['evil.org'], methods: ['GET'], reason}]}, /^http: send GET requests to evil\.org$/],
	['a wider host', {http: [{hosts: ['*.example.com'], methods: ['GET'], reason}]}, /^http: /],
	[
		'perm-rename: the same host with a new method',
		{http: [{hosts: ['api.hetzner.cloud'], methods: ['GET', 'DELETE'], reason}]},
		/^http: send GET, DELETE/,
	],
	['all methods where some were granted', {http: [{hosts: ['api.hetzner.cloud'], reason}]}, /^http: send any request/],
	['the local network', {http: [{hosts: ['api.hetzner.cloud'], methods: ['GET'], privateNetwork: true, reason}]}, /^http: LOCAL NETWORK/],
	['writing where reading was granted', {fs: [{path: '${xdgConfig}/hcloud', access: 'write', reason}]}, /^fs: read and change/],
	['a folder above', {fs: [{path: '${xdgConfig}', access: 'read', reason}]}, /^fs: read \$\{xdgConfig\}$/],
	[
		'another command',
		{exec: [{id: 'ssh', command: 'bash', args: ['ssh', {name: 'n', pattern: '[a-z]+'}], reason}]},
		/^exec: run `bash ssh <n>`: FULL ACCESS/,
	],
	[
		'the terminal',
		{exec: [{id: 'ssh', command: 'hcloud', args: ['ssh', {name: 'n', pattern: '[a-z]+'}], tty: true, reason}]},
		/also on your terminal/,
	],
	['a wider pattern', {exec: [{id: 'ssh', command: 'hcloud', args: ['ssh', {name: 'n', pattern: '.+'}], reason}]}, /^exec: /],
	['another variable', {env: [{name: 'AWS_SECRET_ACCESS_KEY', reason}]}, /^env: read/],
	['the value of what was a secret', {env: [{name: 'HCLOUD_TOKEN', reason}]}, /^env: read the environment variable HCLOUD_TOKEN$/],
	[
		'another host for a secret',
		{secrets: [{name: 'token', title: 'API token', hosts: ['evil.org']}]},
		/in requests to evil\.org, without seeing it$/,
	],
	[
		'another header for a secret',
		{secrets: [{name: 'token', title: 'API token', hosts: ['api.hetzner.cloud'], inject: {header: 'user-agent', template: '{}'}}]},
		/^secrets: use/,
	],
	[
		'the secret itself',
		{secrets: [{name: 'token', title: 'API token', hosts: ['api.hetzner.cloud'], read: true}]},
		/^secrets: READ YOUR SECRET/,
	],
	['wider events', {events: {subscribe: ['*']}}, /^events: hear of \*$/],
	['other events', {events: {publish: ['instance.launched', 'hetzner.done']}}, /^events: tell of instance\.launched$/],
	['more room', {store: {maxBytes: 2048}}, /^store: keep up to 2 KB/],
	['more words for the person', {ui: ['notify', 'prompt']}, /^ui: ask you for text$/],
];

for (const [what, asked, missing] of more) {
	test(`perm-escalation: ${what} is more, and only that is asked`, () => {
		const [first = '', ...rest] = titles({...asked, ...(asked.store === undefined && {store: {maxBytes: 5}})});
		assert.match(first, missing);
		assert.deepEqual(rest, []);
	});
}

test('a secret bound to the hosts of the plugin is asked for again when there are more of them', () => {
	const set: PermissionSet = {http: [{hosts: ['a.example.com'], reason}], secrets: [{name: 'token', title: 'T'}]};
	const wider: PermissionSet = {...set, http: [{hosts: ['a.example.com', 'b.example.com'], reason}]};
	assert.deepEqual(
		comparePermissions(set, wider).missing.map(({kind}) => kind),
		['http', 'secrets'],
	);
});

test('what is dangerous comes first and says so', () => {
	const items = describePermissions({
		...granted,
		exec: [...granted.exec!, {id: 'sh', command: '/bin/sh', args: ['-c', {name: 'x', pattern: '.*'}], reason: 'to try'}],
		fs: [...granted.fs!, {path: '${home}/.ssh/config', access: 'read', reason}, {path: '${pluginData}', access: 'write', reason}],
		secrets: [{name: 'key', title: 'Key', read: true, reason: 'signs by itself'}],
	});
	assert.deepEqual(
		items.filter(({risk}) => risk === 'high').map(({title}) => title),
		[
			'LOCAL NETWORK: send any request to nas.lan, also without encryption and to your own machines',
			'run `hcloud ssh <n>`, outside the sandbox',
			'run `/bin/sh -c <x>`: FULL ACCESS TO YOUR ACCOUNT, as this program can run others',
			'read and change ${workspace}/out',
			'read ${home}/.ssh/config',
			'READ YOUR SECRET `key` (Key) and do with it what it likes',
		],
	);
	assert.deepEqual(
		items.map(({risk}) => risk),
		items.map(({risk}) => risk).toSorted(),
	);
	assert.equal(items.find(({title}) => title.includes('/bin/sh'))?.reason, 'to try');
});
