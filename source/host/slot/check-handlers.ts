import {failure, type Failure} from '../../core/failure/failure.ts';
import {type Manifest} from '../../core/manifest.ts';

/** What the manifest names that the code lacks; a plugin like that is refused before it starts anything. */
export function missingHandler({id, contributes = {}, provides = {}}: Manifest, methods: ReadonlySet<string>): Failure | undefined {
	const names = [...methods];
	const wanted = [
		...handlersOf('commands', contributes.commands),
		...handlersOf('endpoints', contributes.endpoints),
		...handlersOf('events', contributes.events),
		...handlersOf('tasks', contributes.tasks),
		...(contributes.panes ?? []).map(({id: pane, view}) => ({method: `panes.${view}`, where: `the pane \`${pane}\``})),
		...handlersOf('storage', contributes.storageProviders),
		...handlersOf('auth', contributes.authProviders),
		...Object.keys(provides).map(service => ({method: `services.${service}`, where: `the service \`${service}\``})),
	];
	// A task may be a function or a record of parts; services, storage and auth are records of methods.
	const missing = wanted.find(({method}) => !methods.has(method) && !names.some(name => name.startsWith(`${method}.`)));
	return (
		missing &&
		failure('CWS_PLUGIN_FAILED', {
			message: `The plugin \`${id}\` has no handler \`${missing.method}\`.`,
			cause: `\`plugin.json\` names it for ${missing.where}.`,
			fix: 'Export it, or take it out of `plugin.json`.',
		})
	);
}

type Named = {readonly handler?: string; readonly name?: string; readonly on?: string; readonly id?: string; readonly path?: string};

const handlersOf = (group: string, contributions: readonly Named[] = []) =>
	contributions.flatMap(({handler, name, on, id, path}) =>
		handler === undefined ? [] : [{method: `${group}.${handler}`, where: `\`${name ?? on ?? id ?? path}\` of \`${group}\``}],
	);
