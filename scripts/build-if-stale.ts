// `npm start` builds only when something changed since the last build.
import {readFile} from 'node:fs/promises';
import {sourceStamp} from './source-stamp.ts';

const [current, built] = await Promise.all([sourceStamp(), readFile('dist/stamp', 'utf8').catch(() => '')]);
if (current !== built) {
	await import('./build.ts');
}
