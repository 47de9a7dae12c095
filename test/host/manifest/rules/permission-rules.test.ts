import assert from 'node:assert/strict';
import {test} from 'node:test';
import {problemsOf} from '../manifest-for-test.ts';

const http = async (host: string, more: Readonly<Record<string, unknown>> = {}) =>
	(await problemsOf({permissions: {http: [{hosts: [host], reason: 'x', ...more}]}}))[0];

test('a host is exact, or everything below a name of its own', async () => {
	for (const host of ['api.hetzner.cloud', '*.your-objectstorage.com', '*.eu.acme.co.uk', 'xn--bcher-kva.example']) {
		assert.equal(await http(host), undefined, host);
	}
});

test('a host pattern that covers names anyone can own is refused', async () => {
	for (const host of [
		'*.com',
		'*.co.uk',
		'*.amazonaws.com',
		'*.s3.amazonaws.com',
		'*.github.io',
		'*.workers.dev',
		'*.azurewebsites.net',
		'*.google.com',
	]) {
		assert.match(
			(await http(host)) ?? '',
			/^\/permissions\/http\/0\/hosts\/0 is `\*\.[\w.]+`[,;] (and anyone can own|it needs at least two labels)/,
			host,
		);
	}
});

test('`*`, patterns elsewhere, schemes, paths and capital letters are refused with what to write', async () => {
	for (const [host, fix] of [
		['*', /`\*\.example\.com`/],
		['api.*.com', /Write a name like/],
		['https://api.acme.cloud/v1', /Write `api\.acme\.cloud`\./],
		['API.acme.cloud', /Write `api\.acme\.cloud`\./],
		['api.acme.cloud.', /Write `api\.acme\.cloud`\./],
		['user@api.acme.cloud', /Write `api\.acme\.cloud`\./],
	] as const) {
		assert.match((await http(host)) ?? '', fix, host);
	}
});

test('an address in any form is refused, and one of the local network needs its own permission', async () => {
	for (const host of ['127.0.0.1', '[::1]', '0x7f.1', '2130706433', 'localhost', 'nas']) {
		assert.notEqual(await http(host), undefined, host);
	}

	for (const host of ['192.168.1.10:8006', '[fd12::1]', 'localhost', 'nas', 'proxmox.lan']) {
		assert.equal(await http(host, {privateNetwork: true}), undefined, host);
	}

	for (const host of ['169.254.169.254', '8.8.8.8', '100.100.100.200', '0.0.0.0']) {
		assert.match((await http(host, {privateNetwork: true})) ?? '', /no address of the local network/, host);
	}
});

test('a path begins with a variable cws knows and names one place', async () => {
	const fs = async (path: string) => (await problemsOf({permissions: {fs: [{path, access: 'read', reason: 'x'}]}}))[0];
	assert.equal(await fs('${home}/.acme/config'), undefined);
	assert.equal(await fs('${workspace}'), undefined);
	for (const path of ['/etc/passwd', '~/x', '${homes}/x', '${home}x', '${home}/../x', '${home}/*', 'x/${home}', '${home}/${workspace}']) {
		assert.match((await fs(path)) ?? '', /^\/permissions\/fs\/0\/path is /, path);
	}
});

test('a command line is a program and fixed words or parameters with an expression that works', async () => {
	const exec = async (change: Readonly<Record<string, unknown>>) =>
		(await problemsOf({permissions: {exec: [{id: 'ssh', command: 'acme', args: [], reason: 'x', ...change}]}}))[0];
	assert.equal(await exec({command: '/usr/bin/acme'}), undefined);
	assert.match((await exec({command: 'acme server list'})) ?? '', /arguments go into `args`/);
	assert.match((await exec({command: './acme'})) ?? '', /absolute path/);
	assert.match((await exec({command: '/usr/../bin/acme'})) ?? '', /absolute path/);
	assert.match(
		(await exec({args: [{name: 'a', pattern: '['}]})) ?? '',
		/^\/permissions\/exec\/0\/args\/0\/pattern is no regular expression/,
	);
	assert.match(
		(await exec({args: [{name: 'a', pattern: 'x'}, 'and', {name: 'a', pattern: 'y'}]})) ?? '',
		/^\/permissions\/exec\/0\/args\/2\/name is `a`, and so is another/,
	);
	assert.match((await exec({args: [{name: 'a'}]})) ?? '', /^\/permissions\/exec\/0\/args\/0\/pattern is required/);
});

test("a secret goes only to hosts of the plugin, in a header that is not the host's own", async () => {
	const secret = async (change: Readonly<Record<string, unknown>>, hosts: readonly string[] = ['api.acme.cloud']) =>
		(
			await problemsOf({
				permissions: {
					...(hosts.length > 0 && {http: [{hosts, reason: 'x'}]}),
					secrets: [{name: 'token', title: 'Token', inject: {header: 'authorization', template: 'Bearer {}'}, ...change}],
				},
			})
		)[0];
	assert.equal(await secret({}), undefined);
	assert.match(
		(await secret({hosts: ['evil.example']})) ?? '',
		/^\/permissions\/secrets\/0\/hosts\/0 `evil\.example` is no host of the plugin's/,
	);
	assert.match((await secret({inject: {header: 'host', template: '{}'}})) ?? '', /a header cws writes itself/);
	assert.match((await secret({inject: {header: 'x-key', template: 'none'}})) ?? '', /text with one `\{\}`/);
	assert.match((await secret({inject: {header: 'x-key', template: '{}\r\nx: y'}})) ?? '', /text with one `\{\}`/);
	assert.match((await secret({}, [])) ?? '', /has no host to go to/);
});

test('the same id or name twice is refused', async () => {
	const entry = {command: 'acme', args: [], reason: 'x'};
	assert.match(
		(
			await problemsOf({
				permissions: {
					exec: [
						{id: 'a', ...entry},
						{id: 'a', ...entry},
					],
				},
			})
		)[0] ?? '',
		/^\/permissions\/exec\/1\/id is `a`, and so is another one/,
	);
	assert.match(
		(
			await problemsOf({
				permissions: {
					env: [
						{name: 'A', reason: 'x'},
						{name: 'A', reason: 'y'},
					],
				},
			})
		)[0] ?? '',
		/^\/permissions\/env\/1\/name is `A`/,
	);
});
