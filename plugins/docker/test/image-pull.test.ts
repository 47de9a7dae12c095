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

	assert.deepEqual(pullProgress(layers), {done: 150, total: 200, message: '1 of 4 layers, 150 B of 200 B'});
	noteLayer(layers, {id: 'aaaaaaaaaaaa', status: 'Pull complete', progressDetail: {}});
	assert.equal(pullProgress(layers).done, 200);
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
