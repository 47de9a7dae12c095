import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {test} from 'node:test';
import {formatAddress} from '../../endpoint/address.ts';
import {discover} from '../../endpoint/discover.ts';
import {type DockerConfig} from '../../context.ts';
import {defaultConfig, emptyWorld} from '../docker-for-test.ts';

function homeForTest() {
	const home = mkdtempSync(join(tmpdir(), 'cws-docker-home-'));
	const write = (path: string, content: string) => {
		mkdirSync(dirname(join(home, path)), {recursive: true});
		writeFileSync(join(home, path), content);
	};

	const idOf = (name: string) => createHash('sha256').update(name).digest('hex');
	return {
		home,
		write,
		idOf,
		context(name: string, host: string, more: object = {}) {
			write(`.docker/contexts/meta/${idOf(name)}/meta.json`, JSON.stringify({Name: name, Endpoints: {docker: {Host: host, ...more}}}));
		},
		look(config: Partial<DockerConfig> = {}, env: Readonly<Record<string, string>> = {}) {
			const world = emptyWorld(home);
			const {endpoints, broken} = discover({
				config: {...defaultConfig, discover: true, ...config},
				world: {...world, env: {...world.env, ...env}},
			});
			return {
				broken,
				endpoints,
				// The machine of the test may have a Docker of its own.
				list: endpoints
					.map(({account, address}) => `${account} ${formatAddress(address)}`)
					.filter(line => !line.includes(' unix:///var/run') && !line.includes(' unix:///run')),
			};
		},
		[Symbol.dispose]() {
			rmSync(home, {recursive: true, force: true});
		},
	};
}

test('contexts, DOCKER_HOST and the configuration are each an engine; the current one comes first', () => {
	using home = homeForTest();
	home.context('build', 'ssh://me@build');
	home.context('prod', 'tcp://prod:2376');
	home.write('.docker/config.json', JSON.stringify({currentContext: 'prod'}));
	const hosts = {spare: {url: 'tcp://spare'}};
	assert.deepEqual(home.look({hosts}).list.toSorted(), ['build ssh://me@build', 'prod tcp://prod:2376', 'spare tcp://spare:2375']);
	assert.equal(home.look({hosts}).list[0], 'prod tcp://prod:2376');
	assert.equal(home.look({}, {DOCKER_CONTEXT: 'build'}).list[0], 'build ssh://me@build');
	assert.ok(home.look({}, {DOCKER_HOST: 'tcp://elsewhere'}).list.includes('default tcp://elsewhere:2375'));
	assert.deepEqual(home.look({hosts, contexts: ['spare']}).list, ['spare tcp://spare:2375']);
	assert.deepEqual(home.look({hosts, discover: false}).list, ['spare tcp://spare:2375']);
});

test('the certificates of a context are found, and whether the server has to show one', () => {
	using home = homeForTest();
	home.context('tls', 'tcp://tls:2376', {SkipTLSVerify: false});
	home.context('lax', 'tcp://lax:2376', {SkipTLSVerify: true});
	home.write(`.docker/contexts/tls/${home.idOf('tls')}/docker/ca.pem`, 'x');
	const tlsOf = (account: string) => {
		const address = home.look().endpoints.find(endpoint => endpoint.account === account)?.address;
		return address?.kind === 'tcp' ? address.tls : undefined;
	};

	assert.deepEqual(tlsOf('tls'), {directory: join(home.home, '.docker/contexts/tls', home.idOf('tls'), 'docker'), isVerified: true});
	assert.deepEqual(tlsOf('lax'), {isVerified: false});
});

test('a file of a context that is broken breaks only its own', () => {
	using home = homeForTest();
	home.context('good', 'tcp://good:1');
	home.context('odd', 'gopher://odd');
	home.write('.docker/contexts/meta/aaaa/meta.json', '{"Name": "half');
	home.write('.docker/contexts/meta/bbbb/meta.json', '[]');
	home.write('.docker/config.json', 'not json');
	const {list, broken} = home.look();
	assert.deepEqual(list, ['good tcp://good:1']);
	assert.deepEqual(broken.map(({account}) => account).toSorted(), ['aaaa', 'bbbb', 'odd']);
	assert.match(broken.find(({account}) => account === 'odd')?.reason ?? '', /gopher:\/\/odd/);
	assert.equal(
		home.look({}, {DOCKER_HOST: 'nonsense'}).broken.some(({account}) => account === 'default'),
		true,
	);
});

test('sockets of rootless engines are found where they usually lie, each once however many names it has', () => {
	using home = homeForTest();
	assert.deepEqual(home.look().list, []);
	home.write('run/podman/podman.sock', '');
	home.write('run/real.sock', '');
	symlinkSync(join(home.home, 'run/real.sock'), join(home.home, 'run/docker.sock'));
	home.context('same', `unix://${join(home.home, 'run/real.sock')}`);
	assert.deepEqual(home.look().list, [`same unix://${home.home}/run/real.sock`, `podman unix://${home.home}/run/podman/podman.sock`]);
	assert.deepEqual(
		home
			.look()
			.endpoints.map(({account, isAskedFor}) => [account, isAskedFor])
			.filter(([account]) => account === 'same' || account === 'podman'),
		[
			['same', true],
			['podman', false],
		],
	);
});

test('a rate of the configuration reaches an engine that was found by itself', () => {
	using home = homeForTest();
	home.context('build', 'ssh://build');
	const {endpoints} = home.look({hosts: {build: {ratePerHour: 0.25}}});
	assert.equal(endpoints.find(({account}) => account === 'build')?.ratePerHour, 0.25);
});
