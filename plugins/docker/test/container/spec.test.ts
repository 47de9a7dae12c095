import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type DeploySpec, FailureError} from 'cws/sdk';
import {createBody} from '../../container/deploy/create-body.ts';
import {formatMount, parseMount} from '../../container/deploy/mounts.ts';
import {formatPort, parsePort} from '../../container/deploy/ports.ts';
import {resolveContainer} from '../../container/deploy/resolve-spec.ts';
import {splitWords} from '../../container/deploy/split-words.ts';
import {parseImageName} from '../../image/name.ts';

const invalid = (act: () => unknown, text: string) => {
	assert.throws(act, error => error instanceof FailureError && error.failure.code === 'CWS_INVALID_INPUT', text);
};

test('published ports are read in the forms of the Docker command', () => {
	const read = (text: string) => formatPort(parsePort(text));
	assert.equal(read('8080:80'), '8080 → 80/tcp');
	assert.equal(read('127.0.0.1:8080:80/udp'), '127.0.0.1:8080 → 80/udp');
	assert.equal(read('[::1]:8080:80'), '[::1]:8080 → 80/tcp');
	assert.equal(read('80'), 'any → 80/tcp');
	assert.equal(read('127.0.0.1::80'), '127.0.0.1:any → 80/tcp');
	for (const text of ['', 'a', '0:80', '80:0', '65536:80', '1:2:3', '300.0.0.1:1:1', '80/http', '80:80:80:80', '-1:80', ' 80:80 x']) {
		invalid(() => parsePort(text), text);
	}
});

test('mounts are volumes, folders, memory, or a volume without a name', () => {
	const read = (text: string) => formatMount(parseMount(text));
	assert.equal(read('data:/data'), 'data → /data');
	assert.equal(read('/srv:/www:ro'), '/srv → /www (read-only)');
	assert.equal(read('tmpfs:/run'), 'memory → /run');
	assert.equal(read('/cache'), 'a new volume → /cache');
	for (const text of ['', 'data', 'data:relative', '../up:/x', '/a:/b:/c', 'data:/', 'data:/..', '/', ':/x', 'a b:/x', 'ro', '/a:/b:rx']) {
		invalid(() => parseMount(text), text);
	}
});

test('a command is split into words as a shell would', () => {
	assert.deepEqual(splitWords(String.raw`sh -c 'echo "a b"' "it's" a\ b "\$x" '' \\`), [
		'sh',
		'-c',
		'echo "a b"',
		"it's",
		'a b',
		'$x',
		'',
		'\\',
	]);
	assert.deepEqual(splitWords('  '), []);
	assert.equal(splitWords(`sh -c "open`), undefined);
});

test('images have names with a registry, a tag or a digest', () => {
	const read = (text: string) => {
		const {repository, tag, registry} = parseImageName(text, 'image');
		return [repository, tag, registry];
	};
	const hub = 'https://index.docker.io/v1/';
	const digest = `sha256:${'a'.repeat(64)}`;
	assert.deepEqual(read('nginx'), ['nginx', 'latest', hub]);
	assert.deepEqual(read('library/nginx:1.29-alpine'), ['library/nginx', '1.29-alpine', hub]);
	assert.deepEqual(read('ghcr.io/owner/app:2'), ['ghcr.io/owner/app', '2', 'ghcr.io']);
	assert.deepEqual(read('localhost:5000/app'), ['localhost:5000/app', 'latest', 'localhost:5000']);
	assert.deepEqual(read(`app@${digest}`), ['app', digest, hub]);
	for (const text of ['', 'UPPER', 'a b', 'a:b:c', '../x', 'a/../b', 'a?x=1', 'nginx:', 'a@sha256:12', '-x', 'a'.repeat(2000), 'a%2f..']) {
		invalid(() => parseImageName(text, 'image'), text);
	}
});

test('what was asked for becomes the body that both engines take', () => {
	const spec: DeploySpec = {
		type: 'container',
		name: 'web-1',
		size: '0.5 cpu 64 MB',
		fields: {
			image: 'nginx',
			command: 'nginx -g "daemon off;"',
			ports: ['8080:80', '127.0.0.1:8443:443'],
			mounts: ['data:/data', '/srv:/www:ro'],
			env: {A: 'b=c'},
			restart: 'on-failure',
			healthCommand: 'true',
			healthSeconds: 5,
		},
		tags: {team: 'blue'},
		token: 'the-token',
	};
	assert.deepEqual(createBody(resolveContainer(spec), {token: spec.token, attempt: 'the-first'}), {
		Image: 'nginx:latest',
		Cmd: ['nginx', '-g', 'daemon off;'],
		Env: ['A=b=c'],
		Labels: {team: 'blue', 'cws.token': 'the-token', 'cws.attempt': 'the-first'},
		ExposedPorts: {'80/tcp': {}, '443/tcp': {}},
		Healthcheck: {Test: ['CMD-SHELL', 'true'], Interval: 5e9, Timeout: 5e9, Retries: 3},
		HostConfig: {
			PortBindings: {'80/tcp': [{HostIp: '', HostPort: '8080'}], '443/tcp': [{HostIp: '127.0.0.1', HostPort: '8443'}]},
			Mounts: [
				{Type: 'volume', Source: 'data', Target: '/data', ReadOnly: false},
				{Type: 'bind', Source: '/srv', Target: '/www', ReadOnly: true},
			],
			NanoCpus: 5e8,
			Memory: 67_108_864,
			RestartPolicy: {Name: 'on-failure', MaximumRetryCount: 5},
		},
	});
});

test('one port cannot be published twice', () => {
	const fields = {image: 'nginx', ports: ['8080:80', '8080:81']};
	invalid(() => resolveContainer({type: 'container', name: 'a', fields, token: 't'}), 'twice');
});
