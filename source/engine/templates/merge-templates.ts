import {type Template} from '../../core/template.ts';

/** Of the template itself, never of what it inherits. */
const notInherited: ReadonlySet<string> = new Set(['name', 'description', 'version', 'inherits', 'abstract']);

/** Texts of steps: those of the parent come first, the child's after them. */
const appended: ReadonlySet<string> = new Set(['post_install', 'postInstall']);

/**
A template over what it inherits, in order: maps are merged key by key, lists are joined without repeats, everything else of the later
one wins; steps of installation are done one after the other.
*/
export function mergeTemplates(parents: readonly Template[], own: Template): Template {
	const inherited = parents.reduce<Readonly<Record<string, unknown>>>((merged, parent) => {
		const passed = Object.fromEntries(Object.entries(parent).filter(([key]) => !notInherited.has(key)));
		return mergeMaps(merged, passed);
	}, {});
	return mergeMaps(inherited, own);
}

function mergeMaps(under: Readonly<Record<string, unknown>>, over: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	const merged = Object.entries(over).map(([key, value]) => [key, Object.hasOwn(under, key) ? mergeValue(key, under[key], value) : value]);
	return {...under, ...Object.fromEntries(merged)};
}

function mergeValue(key: string, under: unknown, over: unknown): unknown {
	if (isMap(under) && isMap(over)) {
		return mergeMaps(under, over);
	}

	if (Array.isArray(under) && Array.isArray(over)) {
		const known = new Set(under.map(item => JSON.stringify(item)));
		return [...(under as unknown[]), ...(over as unknown[]).filter(item => !known.has(JSON.stringify(item)))];
	}

	return appended.has(key) && typeof under === 'string' && typeof over === 'string' ? `${under.trimEnd()}\n${over}` : over;
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
