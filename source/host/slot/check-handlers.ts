import {failure, type Failure} from '../../core/failure/failure.ts';
import {type Manifest} from '../../core/manifest.ts';

/** What the manifest names that the code lacks; a plugin like that is refused before it starts anything. */
export function missingHandler({id, contributes = {}, provides = {}}: Manifest, methods: ReadonlySet<string>): Failure | undefined {
	const names = [...methods];
	const wanted = [
		...handlersOf('command', 'commands', contributes.commands),
		...handlersOf('endpoint', 'endpoints', contributes.endpoints),
		...handlersOf('event', 'events', contributes.events),
		...handlersOf('template', 'templates', contributes.templates),
		...handlersOf('task', 'tasks', contributes.tasks),
		...handlersOf('middleware', 'middleware', contributes.middleware),
		...handlersOf(
			'pane',
			'panes',
			(contributes.panes ?? []).map(({view, ...pane}) => ({...pane, handler: view})),
		),
		...methodsOf('storage', contributes.storageProviders, ({operations}) => operations),
		...methodsOf('auth', contributes.authProviders, () => authMethods),
		...handlersOf(
			'service',
			'services',
			Object.keys(provides).map(name => ({name, handler: name})),
		),
	];
	// A task may be a function or a record of parts, and a service is a record of methods.
	const missing = wanted.find(({method}) => !methods.has(method) && !names.some(name => name.startsWith(`${method}.`)));
	return (
		missing &&
		failure('CWS_PLUGIN_FAILED', {
			message: `The plugin \`${id}\` has an unknown ${missing.kind} handler: ${missing.handler}.`,
			cause: `\`plugin.json\` names it for \`${missing.owner}\`, and its code has no \`${missing.method}\`.`,
			fix: 'Export it, or take it out of `plugin.json`.',
			details: {handler: missing.handler, method: missing.method},
		})
	);
}

type Named = {readonly handler?: string; readonly name?: string; readonly on?: string; readonly id?: string; readonly path?: string};

const handlersOf = (kind: string, group: string, contributions: readonly Named[] = []) =>
	contributions.flatMap(({handler, name, on, id, path}) =>
		handler === undefined ? [] : [{kind, handler, method: `${group}.${handler}`, owner: name ?? on ?? id ?? path ?? handler}],
	);

const authMethods = ['login', 'status', 'refresh', 'logout'];

type Provided = {readonly id: string; readonly handler: string};

// Every method that is promised has to be there: half a provider fails when it is needed.
const methodsOf = <Provider extends Provided>(
	kind: string,
	providers: readonly Provider[] = [],
	namesOf: (provider: Provider) => readonly string[],
) =>
	providers.flatMap(provider =>
		namesOf(provider).map(name => ({
			kind,
			handler: `${provider.handler}.${name}`,
			method: `${kind}.${provider.handler}.${name}`,
			owner: provider.id,
		})),
	);
