import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
	canonicalHost,
	coversHost,
	hostOf,
	matchesHost,
	parseHostPattern,
	type HostPattern,
} from '../../../source/core/permissions/host-pattern.ts';

const pattern = (text: string, isPrivate = false): HostPattern => {
	const answer = parseHostPattern(text, {isPrivate});
	assert.ok('pattern' in answer, `${text}: ${'problem' in answer ? answer.problem : ''}`);
	return answer.pattern;
};

const problem = (text: string, isPrivate = false): string => {
	const answer = parseHostPattern(text, {isPrivate});
	return 'problem' in answer ? answer.problem : 'fine';
};

test('a host of a manifest is a name, or everything below one of two labels, perhaps with a port', () => {
	assert.deepEqual(pattern('api.hetzner.cloud'), {host: 'api.hetzner.cloud', isWildcard: false});
	assert.deepEqual(pattern('*.example.com'), {host: 'example.com', isWildcard: true});
	assert.deepEqual(pattern('api.example.com:8443'), {host: 'api.example.com', isWildcard: false, port: 8443});
	for (const text of [
		'*',
		'*.com',
		'a.*.example.com',
		'**.example.com',
		'x*.example.com',
		'https://a.example.com',
		'a.example.com/x',
		'a b.example.com',
		'A.example.com',
		'a..example.com',
		'a.example.com:0',
		'a.example.com:99999',
		'user@a.example.com',
		'-a.example.com',
		'localhost',
		'',
		'.',
	]) {
		assert.notEqual(problem(text), 'fine', text);
	}
});

test('addresses and names of one label are for the local network only', () => {
	for (const text of ['127.0.0.1', '[::1]', 'nas', '10.0.0.1:9000', '1.2.3']) {
		assert.notEqual(problem(text), 'fine', text);
	}

	assert.deepEqual(pattern('nas', true), {host: 'nas', isWildcard: false});
	assert.deepEqual(pattern('10.0.0.1:9000', true), {host: '10.0.0.1', isWildcard: false, port: 9000});
	assert.deepEqual(pattern('[0:0::1]', true), {host: '::1', isWildcard: false});
	assert.notEqual(problem('1.2.3', true), 'fine', 'a number is an address in disguise');
	assert.notEqual(problem('0x7f.1', true), 'fine');
	assert.notEqual(problem('*.lan', true), 'fine');
});

test('a wildcard is for names below it, whole labels only', () => {
	const wild = pattern('*.example.com');
	assert.ok(matchesHost(wild, 'a.example.com', 443));
	assert.ok(matchesHost(wild, 'a.b.example.com', 443));
	for (const host of ['example.com', 'notexample.com', '.example.com', 'example.com.evil.org', 'a.example.org']) {
		assert.equal(matchesHost(wild, host, 443), false, host);
	}

	assert.equal(matchesHost(pattern('a.example.com:8443'), 'a.example.com', 443), false);
	assert.ok(matchesHost(pattern('a.example.com'), 'a.example.com', 8443));
});

test('hosts are compared as URLs write them: lower case, no dot at the end, numbers as addresses', () => {
	assert.equal(hostOf(new URL('https://A.Example.COM./x')), 'a.example.com');
	assert.equal(hostOf(new URL('https://user@evil.org/')), 'evil.org');
	assert.equal(hostOf(new URL('https://[::FFFF:127.0.0.1]/')), '::ffff:7f00:1');
	assert.equal(canonicalHost('2130706433'), '127.0.0.1');
	assert.equal(canonicalHost('0x7f.1'), '127.0.0.1');
	assert.equal(canonicalHost('[::1'), undefined);
});

test('a pattern covers what it matches, and no less strict pattern', () => {
	const covers = (granted: string, asked: string) => coversHost(pattern(granted), pattern(asked));
	assert.ok(covers('*.example.com', '*.a.example.com'));
	assert.ok(covers('*.example.com', '*.example.com'));
	assert.ok(covers('*.example.com', 'x.example.com:8443'));
	assert.equal(covers('*.a.example.com', '*.example.com'), false);
	assert.equal(covers('a.example.com', '*.a.example.com'), false);
	assert.equal(covers('*.example.com', 'example.com'), false);
	assert.equal(covers('a.example.com:8443', 'a.example.com'), false);
});
