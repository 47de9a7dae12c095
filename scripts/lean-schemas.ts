import {readFile} from 'node:fs/promises';
import {type Plugin} from 'esbuild';

/**
Lets esbuild leave out the parts of an AWS client that nobody calls. A client describes every shape of its service in one file; as
`{[_xN]: …}` with a constant for the name, esbuild has to assume that reading the name does something, and keeps all of them: 800 KB of
EC2 for the 70 KB that are used.
*/
export const leanSchemas: Plugin = {
	name: 'lean-schemas',
	setup(build) {
		build.onLoad({filter: /[\\/]@aws-sdk[\\/].+[\\/]schemas[\\/]schemas_\d+\.js$/}, async ({path}) => {
			const text = await readFile(path, 'utf8');
			const names = new Map([...text.matchAll(/^const (_\w+) = ("[^"\\\n]*");$/gm)].map(([, name, value]) => [name!, value!]));
			return {contents: text.replaceAll(/\[(_\w+)\]:/g, (key, name: string) => (names.has(name) ? `${names.get(name)}:` : key))};
		});
	},
};
