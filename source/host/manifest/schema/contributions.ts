import {type ContributionKind} from '../../../core/manifest/contributions.ts';
import {loginFlows} from '../../../core/login.ts';
import {resourceOperations} from '../../../core/resource.ts';
import {
	camel,
	choice,
	dashed,
	dottedOrAll,
	flag,
	handler,
	innerSchema,
	list,
	matching,
	object,
	paragraph,
	type Schema,
	seconds,
	text,
	whole,
} from './parts.ts';

const typeName = matching(/^[a-zA-Z][\w-]*$/, 'letters, digits, `_` and dashes');
const word = matching(dashed, 'lower-case letters, digits and single dashes');
const words = matching(/^[a-z][a-z\d-]*( [a-z][a-z\d-]*)*$/, 'the words of a command');
const priority = whole(0, 1000, 'Lower comes first; 500 when absent');
const file = matching(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\\]+$/, 'a file in the folder of the plugin', 'A file in the folder of the plugin');

const flagFields = {
	name: matching(camel, 'a name in camel case'),
	type: choice(['string', 'boolean', 'number']),
	short: text('One line of help'),
	alias: matching(/^[A-Za-z]$/, 'one letter'),
	value: text('How its value is called in the help: `PATH`'),
	choices: list(text(), {minItems: 1, uniqueItems: true}),
	default: {type: ['string', 'boolean', 'number']},
	isMultiple: flag('May be given more than once'),
	isRequired: flag(),
} as const satisfies Readonly<Record<string, Schema>>;

/** The schema of each list in `contributes`. */
export const contributionSchemas: Readonly<Record<ContributionKind, Schema>> = {
	resourceTypes: list(
		object(
			{
				type: typeName,
				title: text(),
				plural: text(),
				provider: text('Its name in references; the id of the plugin when absent'),
				operations: list(choice(resourceOperations), {uniqueItems: true}),
				form: innerSchema('JSON Schema of the deploy form'),
				columns: list(
					object(
						{
							title: text(undefined, 40),
							field: matching(/^[a-zA-Z][\w-]*(\.[\w-]+)*$/, 'a dotted path, for example `meta.partition`'),
							format: choice(['text', 'number', 'bytes', 'duration', 'time', 'percent']),
							align: choice(['left', 'right']),
							width: whole(1, 80),
						},
						['title', 'field'],
					),
				),
				regions: list(text()),
				sizes: list(
					object({name: text(), title: text(), cpus: {type: 'number', minimum: 0}, memoryMb: {type: 'number', minimum: 0}}, ['name']),
				),
				pollSeconds: seconds('Between two reads of the list'),
				convergeSeconds: seconds('Until an accepted operation that did not get there is called diverged'),
				isQueued: flag('It waits in a queue and ends by itself, as a batch job does'),
			},
			['type', 'operations'],
		),
	),
	commands: list(
		object(
			{
				name: word,
				parent: words,
				usage: text('`report <month> --type weekly`: `<x>` is needed, `[x]` may be left out, `[x…]` takes many'),
				short: text('One line for the list of commands'),
				long: paragraph('Its own help'),
				aliases: list(word, {uniqueItems: true}),
				flags: list(object(flagFields, ['name', 'type'])),
				handler,
			},
			['name', 'short'],
		),
	),
	flags: list(
		object({...flagFields, verbs: list(words, {minItems: 1, uniqueItems: true, description: 'All verbs when absent'})}, ['name', 'type']),
		{description: 'Flags outside the commands of the plugin'},
	),
	endpoints: list(
		object(
			{
				method: choice(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
				path: matching(/^(\/([\w.~-]+|\{[a-z]\w*\}))+$/, 'a path, for example `/jobs/{id}`'),
				protected: flag('Needs a token; true unless said otherwise'),
				permissions: list(matching(/^[a-z][\w-]*\.[a-z][\w-]*$/, '`area.verb`, for example `analytics.read`'), {uniqueItems: true}),
				rateLimit: whole(1, 1_000_000, 'Requests a minute and client'),
				short: text(),
				handler,
			},
			['method', 'path', 'handler'],
		),
	),
	events: list(
		object({on: matching(dottedOrAll, 'the dotted name of an event, whose last part may be `*`'), priority, handler}, ['on', 'handler']),
	),
	tasks: list(
		object(
			{
				name: word,
				title: text(),
				everySeconds: seconds('Between two runs'),
				skipInitialRun: flag('The first run comes after one interval'),
				enabled: flag('True when absent'),
				handler,
			},
			['name', 'everySeconds', 'handler'],
		),
	),
	middleware: list(object({name: word, priority, handler}, ['name', 'handler'])),
	templateTypes: list(
		object(
			{
				type: typeName,
				title: text(),
				section: matching(/^[a-z][\w-]*$/, 'the key of a section'),
				schema: innerSchema('JSON Schema of the section'),
				keys: {type: 'object', description: 'Further keys beside the section, each with its JSON Schema'},
				resourceType: typeName,
			},
			['type', 'section', 'schema'],
		),
	),
	serviceTypes: list(
		object({type: typeName, title: text(), description: paragraph('What it is'), resourceType: typeName, templateType: typeName}, [
			'type',
			'resourceType',
		]),
	),
	templates: list(object({name: word, title: text(), file, text: {type: 'string', maxLength: 262_144}, handler}, ['name'])),
	panes: list(
		object(
			{
				id: word,
				title: text(undefined, 40),
				placement: choice(['tab', 'detail', 'statusBar', 'dashboard']),
				view: handler,
				resourceTypes: list(typeName, {minItems: 1, uniqueItems: true}),
				everySeconds: seconds('Between two readings while it is seen; 5 when absent'),
			},
			['id', 'title', 'placement', 'view'],
		),
	),
	themes: list(object({name: word, title: text(), file, theme: {type: 'object'}}, ['name'])),
	authProviders: list(
		object(
			{
				id: word,
				title: text(),
				flows: list(choice(loginFlows), {minItems: 1, uniqueItems: true}),
				secrets: list(text(), {uniqueItems: true}),
				handler,
			},
			['id', 'title', 'flows', 'handler'],
		),
	),
	storageProviders: list(
		object(
			{
				id: word,
				title: text(),
				operations: list(choice(['create', 'list', 'attach', 'detach', 'resize', 'delete']), {minItems: 1, uniqueItems: true}),
				handler,
			},
			['id', 'title', 'operations', 'handler'],
		),
	),
};
