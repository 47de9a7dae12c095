import {failure, type Failure} from '../../core/failure/failure.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {type PluginHost} from '../../core/ports/plugin-host.ts';
import {type TemplateSource} from '../../core/template.ts';

const makeMs = 5000;
const maxCharacters = 262_144;

/** The templates that the code of plugins makes. One that cannot be made says why, as one that cannot be read does. */
export async function makeTemplates(host: Pick<PluginHost, 'call'>, plugins: readonly PluginRecord[]): Promise<readonly TemplateSource[]> {
	const wanted = plugins.flatMap(({id, directory, manifest}) =>
		(manifest.contributes?.templates ?? []).flatMap(({name, handler}) =>
			handler === undefined ? [] : [{id, directory, main: manifest.main, name, handler}],
		),
	);
	return Promise.all(
		wanted.map(async ({id, directory, main, name, handler}): Promise<TemplateSource> => {
			const source = {name, place: 'plugin', plugin: id, file: `${directory}/${main}: templates.${handler}`} as const;
			const made = await host.call<unknown>({plugin: id, method: `templates.${handler}`, args: [], deadlineMs: makeMs});
			const error = made.ok ? wrongWith(made.value) : unmade(id, made.error);
			return error === undefined ? {...source, text: made.ok ? String(made.value) : ''} : {...source, text: '', error};
		}),
	);
}

const wrongWith = (value: unknown): Failure | undefined =>
	typeof value !== 'string'
		? failure('CWS_TEMPLATE', {message: 'is no text.', fix: 'Report it to its author.'})
		: value.length > maxCharacters
			? failure('CWS_TEMPLATE', {message: `has ${value.length} characters, and ${maxCharacters} are the most.`})
			: undefined;

const unmade = (plugin: string, {message, fix}: Failure): Failure =>
	failure('CWS_TEMPLATE', {message: `was not made by \`${plugin}\`: ${message}`, ...(fix !== undefined && {fix})});
