import {contributionSchemas} from './contributions.ts';
import {choice, flag, innerSchema, list, matching, object, paragraph, type Schema, text, whole} from './parts.ts';
import {permissionSchemas} from './permissions.ts';

const range = text('A range of versions: `^1.2.0`');
const milliseconds = (description: string) => whole(100, 3_600_000, description);
const pluginId = {...matching(/^[a-z][a-z\d]*([-_][a-z\d]+)*$/, 'lower-case letters, digits and single dashes'), maxLength: 64};
const versions = (names: Schema, description: string): Schema => ({
	type: 'object',
	description,
	maxProperties: 100,
	propertyNames: names,
	additionalProperties: range,
});
const serviceName = {...matching(/^[a-z][\w.-]*$/, 'the name of a service'), maxLength: 64};

const fields = {
	$schema: text(),
	id: {...pluginId, description: 'Also the name of its folder; `_` counts as `-`'},
	version: matching(/^\d+\.\d+\.\d+(-[\w.-]+)?(\+[\w.-]+)?$/, 'a semantic version, for example `1.0.0`'),
	title: text(),
	description: paragraph('What it does'),
	author: text(),
	license: text('SPDX expression'),
	homepage: matching(/^https:\/\/\S+$/, 'an https address'),
	repository: text(undefined, 1000),
	kind: choice(['provider', 'auth', 'system', 'theme']),
	engines: object({cws: {...range, description: 'Versions of cws it works with'}}),
	api: {
		type: ['integer', 'string'],
		pattern: String.raw`^\d+(\.\d+)?$`,
		'x-expected': 'a version of the plugin API, `1` or `"1.2"`',
		description: 'The plugin API it was written for',
	},
	main: text('The bundled code, a file in its folder'),
	activation: list(
		matching(
			/^(onStartup|onTask|onEndpoint|on(ResourceType|Command|Event|Service|Pane):.+)$/,
			'`onStartup`, `onTask`, `onEndpoint`, or `onResourceType:`, `onCommand:`, `onEvent:`, `onService:` or `onPane:` and a name',
		),
		{uniqueItems: true, description: 'What starts it; everything it contributes when absent'},
	),
	provides: versions(serviceName, 'Services it offers, each with its version'),
	requires: versions(serviceName, 'Services it cannot work without'),
	optionalRequires: versions(serviceName, 'Services it uses when they are there'),
	dependencies: versions(pluginId, 'Plugins it needs'),
	routerPrefix: matching(/^\/[a-z][\w-]*$/, '`/` and a name, for example `/claude`', 'Where its endpoints are served; `/<id>` when absent'),
	presence: object(
		{
			commands: list(matching(/^[\w.+-]+$/, 'the name of a program'), {description: 'Programs on the PATH'}),
			files: list(matching(/^(\/|~\/|\$[A-Z_][A-Z\d_]*\/)\S+$/, 'a path that begins with `/`, `~/` or a variable'), {
				description: 'Files or sockets',
			}),
			env: list(matching(/^[A-Z_][A-Z\d_]*$/, 'the name of a variable'), {description: 'Variables that are set'}),
		},
		[],
		{description: 'Signs that there is anything for it on this machine; where none is, it starts only when it is asked to'},
	),
	limits: object(
		{
			memoryMb: whole(16, 65_536),
			callMs: milliseconds('For one call'),
			listMs: milliseconds('For a whole list'),
			initializeMs: milliseconds('For `initialize`'),
			healthMs: milliseconds('For `health`'),
			stopMs: milliseconds('For `stop` and `shutdown`'),
			nice: whole(0, 19, 'How low the priority of its thread is'),
		},
		[],
		{description: 'What it would like to have; the host has the ceilings'},
	),
	config: innerSchema('JSON Schema of its options'),
	hotReload: flag('A new version may take over while cws runs; true when absent'),
	isHidden: flag('Not loaded unless asked for'),
} as const satisfies Readonly<Record<string, Schema>>;

const required = ['id', 'version', 'title', 'kind', 'api', 'main'];
// Notes of an author's own tools; cws ignores them.
const notes = {patternProperties: {'^x-': {}}};

const names = (schemas: Readonly<Record<string, Schema>>): Schema => ({
	type: 'object',
	additionalProperties: false,
	properties: Object.fromEntries(Object.entries(schemas).map(([name, {type}]) => [name, {type: type!}])),
});

/** The manifest without what is in its permissions and contributions: those have schemas of their own, compiled only where used. */
export const shellSchema: Schema = object(
	{...fields, permissions: names(permissionSchemas), contributes: names(contributionSchemas)},
	required,
	notes,
);

/** The whole of `plugin.json`, published as docs/plugin.schema.json. */
export const manifestSchema: Schema = {
	$schema: 'https://json-schema.org/draft/2020-12/schema',
	title: 'plugin.json of cws',
	...object(
		{
			...fields,
			permissions: object(permissionSchemas, [], {description: 'What it may touch; everything else is denied'}),
			contributes: object(contributionSchemas, [], {description: 'What it adds to cws'}),
		},
		required,
		notes,
	),
};
