import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {type Bench} from './bench.ts';
import {keyFigures} from './keys.ts';
import {withDemo} from './support/demo.ts';

const manifest = {
	id: 'busy',
	version: '0.1.0',
	title: 'Never rests',
	kind: 'provider',
	isHidden: true,
	engines: {cws: '>=0.1.0'},
	api: 1,
	main: 'index.js',
	activation: ['onStartup', 'onResourceType:vm'],
	contributes: {resourceTypes: [{type: 'vm', title: 'Loop', operations: ['list'], pollSeconds: 2}]},
};

// It starts well and then spins in whatever it is asked for.
const main = `
const spin = () => { for (;;) {} };
export default {health: spin, provider: {list: spin}};
`;

/** Keys while a plugin sits in a busy loop. */
export const busyPlugin: Bench = {
	name: 'busy-plugin',
	async run(installed) {
		const directory = path.join(installed.plugins, 'busy');
		mkdirSync(directory, {recursive: true});
		writeFileSync(path.join(directory, 'plugin.json'), JSON.stringify(manifest));
		writeFileSync(path.join(directory, 'index.js'), main);
		try {
			return await withDemo(installed, 'busy-plugin', {
				async work(probe) {
					if (!probe.screen().includes('busy')) {
						throw new Error(`the busy plugin was not loaded:\n${probe.screen()}`);
					}

					return keyFigures(probe, 'key beside a busy plugin', 'with 100,000 resources');
				},
			});
		} finally {
			rmSync(directory, {recursive: true, force: true});
		}
	},
};
