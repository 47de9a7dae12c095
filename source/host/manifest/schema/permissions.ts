import {httpMethods, type PermissionKind, uiPermissions} from '../../../core/manifest/permissions.ts';
import {camel, choice, dashed, dottedOrAll, flag, list, matching, object, reason, type Schema, text, whole} from './parts.ts';

const hosts = list(text('Lower case: `api.example.com`, or `*.example.com` for everything below', 253), {minItems: 1, uniqueItems: true});
const topics = list(matching(dottedOrAll, 'a dotted name, whose last part may be `*`'), {uniqueItems: true});

/** The schema of each permission. An unknown field is refused, so that an older cws never grants more than it understands. */
export const permissionSchemas: Readonly<Record<PermissionKind, Schema>> = {
	http: list(
		object(
			{
				hosts,
				methods: list(choice(httpMethods), {minItems: 1, uniqueItems: true, description: 'All of them when absent'}),
				privateNetwork: flag('Hosts of the local network, also by address and without TLS; asked for apart'),
				reason,
			},
			['hosts', 'reason'],
		),
		{description: 'Hosts the plugin may send requests to'},
	),
	fs: list(
		object(
			{
				id: matching(
					dashed,
					'lower-case letters, digits and single dashes',
					'What `fs.read(id, …)` names; the position in the list when absent',
				),
				path: text('Begins with `${home}`, `${xdgConfig}`, `${pluginData}` or `${workspace}`', 1024),
				access: choice(['read', 'write'], '`write` includes reading'),
				reason,
			},
			['path', 'access', 'reason'],
		),
		{description: 'Files and folders the plugin may touch; its own data directory needs no permission'},
	),
	env: list(
		object(
			{
				name: matching(/^[A-Za-z_]\w*$/, 'the name of one variable, without patterns'),
				as: choice(['secret'], 'Kept as a secret of this name and never handed out'),
				reason,
			},
			['name', 'reason'],
		),
		{description: 'Environment variables the plugin may read'},
	),
	exec: list(
		object(
			{
				id: matching(dashed, 'lower-case letters, digits and single dashes', 'What `exec.run(id, …)` names'),
				command: text('A bare name, looked up once in `PATH`, or an absolute path', 1024),
				args: list(
					{
						type: ['string', 'object'],
						maxLength: 4096,
						additionalProperties: false,
						required: ['name', 'pattern'],
						properties: {
							name: matching(camel, 'a name in camel case'),
							pattern: text('Regular expression for the whole value', 1000),
						},
					},
					{description: 'The words after the command: fixed ones and parameters, in order; no shell'},
				),
				tty: flag('May have the terminal of the person'),
				reason,
			},
			['id', 'command', 'args', 'reason'],
		),
		{description: 'Command lines the plugin may run'},
	),
	secrets: list(
		object(
			{
				name: matching(/^[A-Za-z][\w-]*$/, 'letters, digits, `_` and dashes'),
				title: text('What the person is asked for: `API token`'),
				inject: object(
					{
						header: matching(/^[a-z\d][a-z\d-]*$/, 'the lower-case name of a header'),
						template: matching(/^[^{}\r\n]*\{\}[^{}\r\n]*$/, 'text with one `{}` where the value goes, for example `Bearer {}`'),
						field: matching(/^[A-Za-z_][\w.-]*$/, 'the name of a field', 'A field of the body of the request, in place of a header'),
					},
					[],
					{description: 'How the host puts the value into a request; the plugin never sees it'},
				),
				hosts,
				read: flag('The plugin gets the value itself; asked for apart, with high risk'),
				keep: flag('A login of the plugin may set it, out of the answer to a request'),
				reason,
			},
			['name', 'title'],
		),
		{description: 'Secrets the plugin uses, by reference'},
	),
	events: object({subscribe: topics, publish: topics, reason}, [], {description: 'Events the plugin may hear and send'}),
	store: object({maxBytes: whole(1, 1_073_741_824, 'Bytes it may keep'), reason}, ['maxBytes'], {description: 'A store of its own'}),
	ui: list(choice(uiPermissions), {uniqueItems: true, description: 'Ways to speak to the person'}),
};
