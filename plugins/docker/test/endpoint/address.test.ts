import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FailureError} from 'cws/sdk';
import {formatAddress, parseAddress} from '../../endpoint/address.ts';

const parse = (text: string) => parseAddress(text, {from: 'the test'});

test('addresses are read as the Docker command reads them', () => {
	assert.deepEqual(parse('unix:///var/run/docker.sock'), {kind: 'unix', path: '/var/run/docker.sock'});
	assert.deepEqual(parse(String.raw`npipe:////./pipe/docker_engine`), {kind: 'unix', path: '//./pipe/docker_engine'});
	assert.deepEqual(parse('tcp://10.0.0.7'), {kind: 'tcp', host: '10.0.0.7', port: 2375});
	assert.deepEqual(parse('tcp://build:80'), {kind: 'tcp', host: 'build', port: 80});
	assert.deepEqual(parse('tcp://[::1]:4243'), {kind: 'tcp', host: '::1', port: 4243});
	assert.deepEqual(parse('https://build'), {kind: 'tcp', host: 'build', port: 2376, tls: {isVerified: true}});
	assert.deepEqual(parse('ssh://me@build'), {kind: 'ssh', host: 'build', user: 'me'});
	assert.deepEqual(parse('ssh://build:22/run/user/1000/podman/podman.sock'), {
		kind: 'ssh',
		host: 'build',
		port: 22,
		path: '/run/user/1000/podman/podman.sock',
	});
});

test('an address is written so that it can be read again', () => {
	for (const text of ['unix:///a/b', 'tcp://h:80', 'tcp://[::1]:2375', 'ssh://me@h:2222/run/p.sock', 'ssh://h']) {
		assert.equal(formatAddress(parse(text)), text);
	}
});

test('what is no address is refused with the place it was read from, and never becomes an option of ssh', () => {
	for (const text of [
		'',
		'bogus',
		'unix://',
		'tcp://',
		'tcp://h:99999',
		'ssh://-oProxyCommand=x',
		'ssh://a b',
		'ssh://-x@h',
		'ssh://h%zz/',
		'ftp://h',
		'ssh://$(x)@h',
	]) {
		assert.throws(
			() => parse(text),
			error => error instanceof FailureError && error.failure.code === 'CWS_CONFIG' && error.message.includes('the test'),
			text,
		);
	}
});
