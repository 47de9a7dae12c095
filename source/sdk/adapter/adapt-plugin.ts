import {type Manifest} from '../../core/manifest.ts';
import {type Plugin} from '../plugin.ts';
import {isBag, isRecord, member} from './member.ts';
import {adaptCloudWorkstation} from './shapes/cloud-workstation.ts';
import {adaptFactory} from './shapes/factory.ts';
import {adaptPluginClass} from './shapes/plugin-class.ts';
import {adaptProviderClass} from './shapes/provider-class.ts';

/** What an older plugin comes to: the plugin as cws has it, and the manifest it would have written; `main` is for who bundles it. */
export type Adapted = {readonly plugin: Plugin; readonly manifest: Omit<Manifest, 'main'>};

/** Tries one older shape; undefined when the module has another. */
export type Shape = (module: Readonly<Record<string, unknown>>) => Adapted | undefined;

/** The method that gives the manifest of an adapted plugin, once it is loaded and before anything of it has run. */
export const manifestMethod = 'services.adapter.manifest';

const shapes: readonly Shape[] = [adaptFactory, adaptCloudWorkstation, adaptPluginClass, adaptProviderClass];

/**
Makes a plugin out of a module of an older program: a `factory`, a `Plugin` class, an object with `Capabilities`, or a provider class
in one file. A module that is a plugin already is left alone but for its exported manifest. It does no I/O and starts nothing.
What the module exports as `manifest` wins over what its code says: only there can it ask for permissions.
*/
export function adaptPlugin(module: Readonly<Record<string, unknown>>): Adapted {
	const own = module['default'];
	const adapted = isPlugin(own)
		? {plugin: own as Plugin, manifest: standIn}
		: shapes.reduce<Adapted | undefined>((found, shape) => found ?? shape(module), undefined);
	if (adapted === undefined) {
		throw new TypeError(
			'the file exports no plugin: it needs a default export made with definePlugin, a factory, a class Plugin, or a provider class',
		);
	}

	const manifest = merged(adapted.manifest, isRecord(module['manifest']) ? module['manifest'] : {});
	return {manifest, plugin: {...adapted.plugin, services: {...adapted.plugin.services, adapter: {manifest: () => manifest}}}};
}

const standIn: Omit<Manifest, 'main'> = {id: 'unnamed', version: '0.0.0', title: 'Unnamed', kind: 'provider', api: 1};

const parts = ['provider', 'commands', 'endpoints', 'events', 'tasks', 'panes', 'services', 'templates', 'storage', 'auth'];

/** A plain object with at least one part of a plugin; older shapes are classes and their instances. */
const isPlugin = (value: unknown): boolean =>
	isRecord(value) &&
	[Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null) &&
	(parts.some(part => isBag(value[part])) || typeof value['initialize'] === 'function') &&
	member(value, 'capabilities') === undefined &&
	member(value, 'get_manifest') === undefined;

function merged(manifest: Omit<Manifest, 'main'>, given: Readonly<Record<string, unknown>>): Omit<Manifest, 'main'> {
	const contributes = isRecord(given['contributes']) ? given['contributes'] : {};
	return {...manifest, ...given, ...(manifest.contributes !== undefined && {contributes: {...manifest.contributes, ...contributes}})};
}
