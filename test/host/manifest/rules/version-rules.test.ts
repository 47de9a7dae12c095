import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isCompatible, parseApi} from '../../../../source/core/manifest/api-version.ts';
import {goodManifest, problemsOf} from '../manifest-for-test.ts';
import {manifestProblems} from '../../../../source/host/manifest/check-manifest.ts';
import {loadValidator} from '../../../../source/core/schema/validate.ts';

test('an API is a whole number, or text with a minor', () => {
	assert.deepEqual(parseApi(1), {major: 1, minor: 0});
	assert.deepEqual(parseApi('1.10'), {major: 1, minor: 10});
	for (const wrong of [1.2, '1.2.3', 'v1', '', null, undefined, {}, -1, '1.']) {
		assert.equal(parseApi(wrong), undefined, JSON.stringify(wrong));
	}
});

test('a plugin runs where the major is the same and its minor is not newer', () => {
	const host = {major: 2, minor: 3};
	assert.equal(isCompatible({major: 2, minor: 0}, host), true);
	assert.equal(isCompatible({major: 2, minor: 3}, host), true);
	assert.equal(isCompatible({major: 2, minor: 4}, host), false);
	assert.equal(isCompatible({major: 1, minor: 0}, host), false);
	assert.equal(isCompatible({major: 3, minor: 0}, host), false);
});

test('a plugin for another API is not wrong but not for this cws', async () => {
	const [problem] = await manifestProblems({...goodManifest, api: '1.99'}, {validate: await loadValidator()});
	assert.equal(problem?.isForOther, true);
	assert.match(problem.message, /asks for plugin API "1\.99", and this cws has plugin API 1\.\d+/);
	assert.match(problem.fix, /Update cws/);
	assert.match((await problemsOf({api: 'new'}))[0] ?? '', /^\/api is "new".*Set `api` to 1/);
});

test('`engines.cws` is a range this cws has to be in', async () => {
	assert.deepEqual(await problemsOf({engines: {cws: '^1.0.0'}}, {cwsVersion: '1.4.0'}), []);
	assert.deepEqual(await problemsOf({engines: {cws: '>=1.0.0'}}, {cwsVersion: '2.0.0-beta.1'}), []);
	assert.match(
		(await problemsOf({engines: {cws: '^2.0.0'}}, {cwsVersion: '1.4.0'}))[0] ?? '',
		/^\/engines\/cws asks for cws \^2\.0\.0, and this is cws 1\.4\.0 \| Update cws/,
	);
	assert.match((await problemsOf({engines: {cws: 'new'}}, {cwsVersion: '1.4.0'}))[0] ?? '', /^\/engines\/cws is `new`, which is no range/);
});

test('services have versions, needs have ranges, and nobody needs itself', async () => {
	assert.match((await problemsOf({provides: {pricing: '^1'}}))[0] ?? '', /^\/provides\/pricing is `\^1`, which is no version/);
	assert.match((await problemsOf({requires: {pricing: 'x y'}}))[0] ?? '', /^\/requires\/pricing is `x y`, which is no range/);
	assert.match(
		(await problemsOf({provides: {dns: '1.0.0'}, requires: {dns: '^1'}}))[0] ?? '',
		/^\/requires\/dns is a service the plugin provides itself/,
	);
	assert.match((await problemsOf({dependencies: {acme: '*'}}))[0] ?? '', /^\/dependencies\/acme is the plugin itself/);
});
