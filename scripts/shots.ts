// Takes the pictures of docs/images from real runs of the built program: `npm run shots [name …]`.
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {spawnPty} from '../test/helpers/pty.ts';
import {drawScreen} from './shots/draw-screen.ts';
import {scenes} from './shots/scenes.ts';

const wanted = process.argv.slice(2);
await mkdir('docs/images', {recursive: true});

for (const {name, args, columns, rows, appearance = 'dark', environment, play} of scenes) {
	if (wanted.length > 0 && !wanted.includes(name)) {
		continue;
	}

	const home = await mkdtemp(join(tmpdir(), 'cws-shots-'));
	const pty = spawnPty({command: process.execPath, args: ['bin/cws.cjs', ...args], columns, rows, env: {CWS_HOME: home, ...environment}});
	try {
		await play(pty);
		await writeFile(`docs/images/${name}.png`, drawScreen({columns, rows, cell: pty.cell}, appearance));
		process.stdout.write(`docs/images/${name}.png\n`);
	} finally {
		await pty.close();
		await rm(home, {recursive: true, force: true});
	}
}
