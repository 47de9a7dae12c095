import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {startCws} from './support/start-cws.ts';

test('the launcher answers --version', async t => {
	const {version} = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {readonly version: string};
	const cws = startCws(t, ['--version']);
	assert.equal(await cws.waitFor(version), version);
	assert.deepEqual(await cws.exited, {exitCode: 0, signal: 0});
});
