import {isBuiltin} from 'node:module';
import {type Plugin} from 'esbuild';

const namespace = 'lazy-builtin';

/** Slow to load, and most verbs need none of them. */
const lazy: ReadonlySet<string> = new Set(
	['child_process', 'crypto', 'dns/promises', 'fs/promises', 'http', 'https', 'net', 'timers/promises', 'tls', 'zlib'].map(
		id => `node:${id}`,
	),
);

/**
Makes `import {createHash} from 'node:crypto'` load that module when the name is first used, not before the first line of the program.
An import would also read every property of every such module once, and `fs.promises`, `process.stdin` and others are loaded by being read.
*/
export const lazyBuiltins: Plugin = {
	name: 'lazy-builtins',
	setup(build) {
		build.onResolve({filter: /^(node:)?[\w/]+$/}, ({path, kind}) =>
			kind === 'import-statement' && isBuiltin(path)
				? {path: path.startsWith('node:') ? path : `node:${path}`, namespace, sideEffects: false}
				: undefined,
		);
		build.onLoad({filter: /./, namespace}, ({path}) => ({contents: standIn(path), loader: 'js'}));
	},
};

// Marked as pure, so that nothing is left of what nobody imports.
function standIn(id: string): string {
	const builtin = process.getBuiltinModule(id);
	const names = Object.getOwnPropertyNames(builtin).filter(name => /^[A-Za-z_]\w*$/.test(name) && name !== 'default');
	const isLazy = lazy.has(id);
	return [
		`let own;`,
		`const load = () => (own ??= process.getBuiltinModule(${JSON.stringify(id)}));`,
		`const get = name => load()[name];`,
		// Whether it is called, made with \`new\` or looked into.
		`const standIn = find => new Proxy(function () {}, {get: (_, key) => find()[key], apply: (_, self, args) => find()(...args), construct: (_, args) => new (find())(...args)});`,
		`const wrap = name => standIn(() => load()[name]);`,
		...names.map(name => {
			const {value} = Object.getOwnPropertyDescriptor(builtin, name)!;
			const isWrapped = isLazy && (typeof value === 'function' || typeof value === 'object');
			return `const own_${name} = /* @__PURE__ */ ${isWrapped ? 'wrap' : 'get'}("${name}"); export {own_${name} as ${name}};`;
		}),
		`export default /* @__PURE__ */ ${isLazy ? 'standIn(load)' : 'load()'};`,
	].join('\n');
}
