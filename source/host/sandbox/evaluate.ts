import {escapeHtmlTexts} from './html-texts.ts';

/** Not bound by the prelude: `eval` may not be a parameter, the rest is constant anyway. */
const unbound: ReadonlySet<string> = new Set(['eval', 'globalThis', 'undefined', 'NaN', 'Infinity']);
const identifier = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const importForm = /(?:^|[^\w$.])import\s*(?:\.|\(|\/[/*]|<!--)/;

/** A compartment in which a script finds the language, the endowments and nothing else. Call it while the realm is whole. */
export function createEvaluator(name: string, endowments: Readonly<Record<string, unknown>>): (code: string) => unknown {
	const compartment = new Compartment({globals: {...endowments}, transforms: [refuseImports], __options__: true, name});
	// One inside it would not have the transform.
	for (const key of ['Compartment', 'lockdown', 'repairIntrinsics', 'ModuleSource']) {
		Reflect.deleteProperty(compartment.globalThis, key);
	}

	return code => {
		// The globals as parameters: looked up by name they go through a proxy, which makes a loop up to fifty times slower.
		const globals = Object.entries(Object.getOwnPropertyDescriptors(compartment.globalThis)).filter(
			([key]) => identifier.test(key) && !unbound.has(key),
		);
		const module: {exports: unknown} = {exports: {}};
		// In parentheses, as one function: the engine then reads a large script once and not twice.
		const script = `(function(${[...globals.map(([key]) => key), 'module', 'exports'].join(',')}){'use strict';${escapeHtmlTexts(code)}\n})\n//# sourceURL=plugin.js`;
		const run = compartment.evaluate(script, {__evadeHtmlCommentTest__: true}) as (...values: readonly unknown[]) => void;
		run(...globals.map(([, {value}]) => value as unknown), module, module.exports);
		return defaultOf(module.exports);
	};
}

/** For every evaluator of the compartment. A plugin is one script; whatever loads another is refused, in a text or comment too. */
function refuseImports(source: string): string {
	if (importForm.test(source)) {
		throw new SyntaxError('`import` is not available to a plugin; bundle it into one script');
	}

	return source;
}

/** Of `module.exports = plugin`, or of what esbuild makes of `export default plugin`. */
function defaultOf(exported: unknown): unknown {
	return typeof exported === 'object' && exported !== null && Reflect.get(exported, 'default') !== undefined
		? Reflect.get(exported, 'default')
		: exported;
}
