import {mkdirSync, renameSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {type Bench} from './bench.ts';
import {startOnce} from './start.ts';
import {withWorkstations} from './support/run-headless.ts';
import {median, ratio} from './support/stats.ts';

const count = 100;
const rounds = 15;
const limit = 1.1;

/** What a hundred installed plugins that do not run cost the first frame: their manifests are found and read before it. */
export const pluginsStart: Bench = {
	name: 'plugins-start',
	async run(installed) {
		return withWorkstations(installed, {name: 'plugins-start', count: 3}, async home => {
			const place = path.join(home, 'config/plugins');
			const aside = path.join(home, 'config/aside');
			installInactive(aside);
			const none: number[] = [];
			const many: number[] = [];
			for (let round = 0; round <= rounds; round++) {
				const without = await startOnce(installed, home);
				renameSync(aside, place);
				const withAll = await startOnce(installed, home);
				renameSync(place, aside);
				// The first one fills the compile cache.
				if (round > 0) {
					none.push(without.first);
					many.push(withAll.first);
				}
			}

			return [
				{
					name: `first frame with ${count} inactive plugins`,
					value: ratio(many, none),
					unit: '×',
					limit,
					beside: `none installed, ${median(none).toFixed(0)} ms`,
				},
			];
		});
	},
};

/** Manifests as long as those of real providers. */
function installInactive(directory: string): void {
	for (let index = 0; index < count; index++) {
		const id = `inactive-${index}`;
		const folder = path.join(directory, id);
		mkdirSync(folder, {recursive: true});
		writeFileSync(path.join(folder, 'plugin.json'), JSON.stringify(manifestOf(id), undefined, '\t'));
		writeFileSync(path.join(folder, 'index.js'), 'export default {provider: {}};\n');
	}
}

const manifestOf = (id: string) => ({
	id,
	version: '1.0.0',
	title: `Inactive ${id}`,
	description: 'A provider that is installed and never asked for anything',
	kind: 'provider',
	engines: {cws: '>=0.1.0'},
	api: 1,
	main: 'index.js',
	permissions: {
		http: [{hosts: [`api.${id}.example.com`, `*.objects.${id}.example.com`], methods: ['GET', 'POST', 'DELETE'], reason: 'its API'}],
		secrets: [{name: 'token', title: 'API token', inject: {header: 'authorization', template: 'Bearer {}'}}],
	},
	config: {
		type: 'object',
		properties: Object.fromEntries(
			Array.from({length: 8}, (_, field) => [
				`option${field}`,
				{type: 'string', title: `Option ${field}`, description: 'What it is good for, in one sentence', default: 'x'},
			]),
		),
	},
	contributes: {
		resourceTypes: ['vm', 'volume', 'network'].map(type => ({
			type,
			title: type,
			operations: ['deploy', 'list', 'get', 'start', 'stop', 'restart', 'destroy'],
			form: {type: 'object', properties: {image: {type: 'string'}, keys: {type: 'array', items: {type: 'string'}}}},
		})),
		commands: [{name: 'report', short: 'a report', flags: [{name: 'type', type: 'string'}], handler: 'report'}],
	},
});
