import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, test} from 'node:test';
import {createTemplateReader} from '../../../source/platform/templates/read-templates.ts';

const home = mkdtempSync(path.join(tmpdir(), 'cws-templates-'));
after(() => rmSync(home, {recursive: true, force: true}));
const write = (file: string, text: string) => {
	mkdirSync(path.dirname(path.join(home, file)), {recursive: true});
	writeFileSync(path.join(home, file), text);
};

test('templates are read from the folders in their order, whatever ends in yml or yaml', async () => {
	write('user/web.yml', 'name: Web\n');
	write('user/notes.txt', 'no template');
	write('project/job.yaml', 'name: Job\n');
	const read = createTemplateReader([
		{place: 'user', directory: path.join(home, 'user')},
		{place: 'project', directory: path.join(home, 'project')},
		{place: 'project', directory: path.join(home, 'not-there')},
	]);
	const sources = await read([]);
	assert.deepEqual(
		sources.map(({name, place, text}) => [name, place, text]),
		[
			['web', 'user', 'name: Web\n'],
			['job', 'project', 'name: Job\n'],
		],
	);
});

test('a file of a plugin stays in its folder, is there and is not huge, or says why not', async () => {
	write('plugin/own.yml', 'name: Own\n');
	write('plugin/huge.yml', 'x'.repeat(300_000));
	write('outside.yml', 'name: Outside\n');
	symlinkSync('../outside.yml', path.join(home, 'plugin/link.yml'));
	const files = ['own', 'huge', 'link', 'none'].map(name => ({
		plugin: 'lab',
		directory: path.join(home, 'plugin'),
		name,
		file: `${name}.yml`,
	}));
	const sources = await createTemplateReader([])(files);
	assert.deepEqual(
		sources.map(({name, plugin, text, error}) => [name, plugin, text, error?.message]),
		[
			['own', 'lab', 'name: Own\n', undefined],
			['huge', 'lab', '', 'has 300000 bytes, and 262144 are the most.'],
			['link', 'lab', '', 'leads out of the folder of its plugin.'],
			['none', 'lab', '', 'is not there, but the plugin.json of `lab` names it.'],
		],
	);
});
