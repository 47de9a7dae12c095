import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const script = `
import Ajv from 'ajv/dist/2020.js';
import * as yaml from 'yaml';
import * as toml from 'smol-toml';
import ipaddr from 'ipaddr.js';

const validator = Ajv.default ?? Ajv;
export const libraries = {yaml, toml, ipaddr, validator};

const resource = index => ({
	id: 'i-' + index, type: 'vm', name: 'workstation-' + index, region: 'eu-central-1', status: 'running', rawStatus: 'ACTIVE', size: 'm5.large',
	createdAt: 1700000000000 + index, tags: {team: 'platform', env: index % 3 === 0 ? 'production' : 'staging', owner: 'someone@example.com'},
	endpoints: [{kind: 'ssh', address: '10.0.' + (index >> 8) + '.' + (index & 255), port: 22}], meta: {zone: 'a', image: 'debian-13', cpus: 4, memoryBytes: 17179869184},
});
export default {
	health: text => ({status: 'pass', output: text}),
	provider: {
		async *list({count}) {
			for (let start = 0; start < count; start += 500) {
				yield {resources: Array.from({length: Math.min(500, count - start)}, (_, index) => resource(start + index))};
			}
		},
	},
};
`;

/** A plugin as the packer makes it, with four libraries inside: about 400 KB. */
export async function bundlePlugin(): Promise<string> {
	const {outputFiles} = await build({
		stdin: {contents: script, resolveDir: fileURLToPath(new URL('../../../', import.meta.url))},
		bundle: true,
		write: false,
		platform: 'neutral',
		format: 'cjs',
		mainFields: ['module', 'main'],
		conditions: ['import', 'default'],
		define: {global: 'globalThis', 'process.env.NODE_ENV': '"production"'},
		minifyWhitespace: true,
		legalComments: 'none',
		logLevel: 'error',
	});
	return outputFiles[0]!.text;
}
