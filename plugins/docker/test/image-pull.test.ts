import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {type FailureError} from 'cws/sdk';
import {registryAuth} from '../image/credentials.ts';
import {noteLayer, pullProgress} from '../image/pull.ts';
import {call, dockerForTest, emptyWorld} from './docker-for-test.ts';

test('an image that is not there is pulled, with the progress of its layers', async () => {
	await using docker = await dockerForTest(['main']);
	const messages: string[] = [];
	await docker.provider.deploy!(
		'docker',
		{type: 'container', name: 'web', fields: {image: 'fresh:2'}, token: 't'},
		{...call(), progress: ({message = ''}) => messages.push(message)},
	);
	assert.ok(messages.includes('pulling fresh:2: 1 of 1 layers, 1 MB of 1 MB'), messages.join('\n'));
	assert.deepEqual(messages.slice(-2), ['creating', 'starting']);
	assert.ok(docker.engines[0]!.images.has('fresh:2'));
});

test('layers add up, and hostile ones do not', () => {
	const layers = new Map();
	for (const value of [
		{id: 'aaaaaaaaaaaa', status: 'Downloading', progressDetail: {current: 50, total: 100}},
		{id: 'bbbbbbbbbbbb', status: 'Already exists'},
		{id: 'cccccccccccc', status: 'Downloading', progressDetail: {current: -5, total: -10}},
		{id: 'not a layer', status: 'Downloading', progressDetail: {current: 1, total: 1}},
		{id: 'dddddddddddd', status: 'Downloading', progressDetail: {current: 9e99, total: 100}},
		{status: 'Digest: sha256:…'},
		null,
	]) {
		noteLayer(layers, value);
	}

	assert.deepEqual(pullProgress(layers, 'docker'), {done: 150, total: 200, message: '1 of 4 layers, 150 B of 200 B'});
	noteLayer(layers, {id: 'aaaaaaaaaaaa', status: 'Pull complete', progressDetail: {}});
	assert.equal(pullProgress(layers, 'docker').done, 200);
});

test('layers that have come and are unpacked say so, and an engine that unpacks on the way counts them as it gets them', () => {
	const layers = new Map();
	const note = (id: string, status: string, progressDetail = {}) => noteLayer(layers, {id, status, progressDetail});
	note('aaaaaaaaaaaa', 'Downloading', {current: 100, total: 100});
	note('bbbbbbbbbbbb', 'Pull complete');
	note('aaaaaaaaaaaa', 'Download complete');
	assert.equal(pullProgress(layers, 'docker').message, '1 of 2 layers, 100 B of 100 B');
	assert.equal(pullProgress(layers, 'podman').message, '2 of 2 layers, 100 B of 100 B');
	note('aaaaaaaaaaaa', 'Extracting', {current: 1, total: 100});
	assert.deepEqual(pullProgress(layers, 'docker'), {done: 100, total: 100, message: '1 of 2 layers, unpacking'});
	note('cccccccccccc', 'Downloading', {current: 5, total: 50});
	assert.equal(pullProgress(layers, 'docker').message, '1 of 3 layers, 105 B of 150 B');
});

test('a registry that wants another login is named, with the command that gives one', async () => {
	await using docker = await dockerForTest(['main']);
	const engine = docker.engines[0]!;
	const asked: (string | undefined)[] = [];
	engine.intercept = (request, response, path) => {
		if (path !== '/images/create') {
			return false;
		}

		asked.push(request.headers['x-registry-auth'] as string | undefined);
		const message = `Head "http://reg.example:5000/v2/app/manifests/1": ${asked.length === 1 ? 'no basic auth credentials' : 'unauthorized'}`;
		response.writeHead(500).end(JSON.stringify({message}));
		return true;
	};
	const refused = async (image: string) => {
		try {
			await docker.provider.deploy!('docker', {type: 'image', name: 'x', fields: {image}, token: 't'}, call());
			throw new assert.AssertionError({message: 'it was pulled'});
		} catch (error) {
			const {code, fix} = (error as FailureError).failure;
			return [code, fix];
		}
	};

	assert.deepEqual(await refused('reg.example:5000/app:1'), [
		'CWS_NEEDS_LOGIN',
		'run `docker login reg.example:5000` if it is private; check its name if it is not',
	]);
	const auth = Buffer.from('me:x').toString('base64');
	mkdirSync(join(docker.home, '.docker'));
	writeFileSync(join(docker.home, '.docker/config.json'), JSON.stringify({auths: {'reg.example:5000': {auth}}}));
	assert.deepEqual(await refused('reg.example:5000/app:1'), [
		'CWS_NEEDS_LOGIN',
		'run `docker login reg.example:5000` as somebody who may pull it: the login that is kept was refused',
	]);
	assert.equal((await refused('private:1'))[1], 'run `docker login` if it is private; check its name if it is not');
	assert.equal(asked[0], undefined);
	// The engines take a header without its padding for no login at all.
	assert.match(asked[1] ?? '', /^[\w-]+={0,2}$/);
	assert.equal((asked[1] ?? '').length % 4, 0);
});

test('a failure in the middle of a pull is told with what to do', async () => {
	await using docker = await dockerForTest(['main']);
	const pull = async (message: string) => {
		docker.engines[0]!.intercept = (request, response, path) => {
			if (path !== '/images/create') {
				return false;
			}

			response.end(`{"status":"Pulling"}\n{"errorDetail":{"message":${JSON.stringify(message)}},"error":"x"}\n`);
			return request.method === 'POST';
		};
		try {
			await docker.provider.deploy!('docker', {type: 'image', name: 'x', fields: {image: 'x:1'}, token: 't'}, call());
			return undefined;
		} catch (error) {
			return (error as FailureError).failure.code;
		}
	};

	assert.equal(await pull('pull access denied for x, repository does not exist or may require docker login'), 'CWS_NEEDS_LOGIN');
	assert.equal(await pull('toomanyrequests: rate limit exceeded'), 'CWS_THROTTLED');
	assert.equal(await pull('manifest for x:1 not found: manifest unknown'), 'CWS_NOT_FOUND');
});

test('the login of a registry is shown to the engine, from the file or its helper', async () => {
	await using docker = await dockerForTest([]);
	const world = emptyWorld(docker.home);
	const read = async (registry: string) => {
		const header = await registryAuth(world, registry);
		return header === undefined ? undefined : (JSON.parse(Buffer.from(header, 'base64url').toString()) as Record<string, string>);
	};

	assert.equal(await read('ghcr.io'), undefined);
	mkdirSync(join(docker.home, '.docker'));
	const auth = Buffer.from('me:pass:word').toString('base64');
	writeFileSync(join(docker.home, '.docker/config.json'), JSON.stringify({auths: {'ghcr.io': {auth}, 'token.io': {identitytoken: 'tk'}}}));
	assert.deepEqual(await read('ghcr.io'), {username: 'me', password: 'pass:word', serveraddress: 'ghcr.io'});
	assert.deepEqual(await read('token.io'), {identitytoken: 'tk', serveraddress: 'token.io'});
	const bin = join(docker.home, 'bin');
	mkdirSync(bin);
	writeFileSync(
		join(bin, 'docker-credential-fake'),
		'#!/bin/sh\nread -r registry\necho "{\\"Username\\":\\"u\\",\\"Secret\\":\\"for $registry\\"}"\n',
		{mode: 0o755},
	);
	writeFileSync(join(docker.home, '.docker/config.json'), JSON.stringify({credHelpers: {'ghcr.io': 'fake', 'evil.io': '../../x'}}));
	const helped = {...world, env: {...world.env, PATH: `${bin}:/usr/bin:/bin`}};
	const header = await registryAuth(helped, 'ghcr.io');
	assert.deepEqual(JSON.parse(Buffer.from(header ?? '', 'base64url').toString()), {
		username: 'u',
		password: 'for ghcr.io',
		serveraddress: 'ghcr.io',
	});
	assert.equal(await registryAuth(helped, 'evil.io'), undefined);
});
