import {type Plugin} from 'esbuild';

/** Libraries that few verbs need, by the name of the file each becomes. All are loaded by `import()`, those in CommonJS by their `default`. */
export const largeLibraries: Readonly<Record<string, string>> = {
	ajv: 'ajv/dist/2020.js',
	execa: 'execa',
	tldts: 'tldts',
	undici: 'undici',
	yaml: 'yaml',
};

const files = new Map(Object.entries(largeLibraries).map(([name, library]) => [library, `./libraries/${name}.js`]));

/** Keeps out of the one file of all verbs what most of them never load: the dashboard with React, and large libraries. */
export const apartFromVerbs: Plugin = {
	name: 'apart-from-verbs',
	setup(build) {
		build.onResolve({filter: /./}, ({path, kind}) => {
			const file = path.endsWith('/start-dashboard.ts') ? './dashboard.js' : files.get(path);
			return kind === 'dynamic-import' && file !== undefined ? {path: file, external: true} : undefined;
		});
	},
};
