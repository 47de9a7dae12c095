import {failure, type Failure} from '../../core/failure/failure.ts';
import {type PluginHost} from '../../core/ports/plugin-host.ts';
import {type CommandInputs} from '../command-types.ts';
import {prepareDeploy} from './prepare-deploy.ts';

type Options = Parameters<typeof prepareDeploy>[0] & {readonly host: PluginHost};

/**
Lets the plugins that handle `deploy.prepared` change what is deployed: a tag, a size, a field. What they change passes the same checks
as what a person typed; a change that does not is left out, and where it goes stays the person's choice.
*/
export async function askPlugins({host, ...options}: Options): Promise<CommandInputs['deploy']> {
	const {input} = options;
	const {token, ...payload} = input;
	const own = prepareDeploy(options);
	if (!own.ok) {
		return input;
	}

	const check = (changed: typeof payload): Failure | undefined => {
		const strange = Object.keys(changed).find(
			key => !changeable.has(key) && changed[key as keyof typeof payload] !== payload[key as keyof typeof payload],
		);
		if (strange !== undefined) {
			return failure('CWS_INVALID_INPUT', {
				message: `\`${strange}\` of a deploy cannot be changed by a plugin.`,
				details: {field: strange},
			});
		}

		if (
			!isRecord(changed.fields) ||
			[changed.name, changed.region, changed.size].some(value => value !== undefined && typeof value !== 'string')
		) {
			return failure('CWS_INVALID_INPUT', {message: 'The changed deploy has values of the wrong type.'});
		}

		const prepared = prepareDeploy({...options, input: {...changed, ...(token !== undefined && {token})}});
		return prepared.ok ? undefined : prepared.error;
	};

	const changed = await host.prepareEvent('deploy.prepared', payload, check);
	return {...changed, ...(token !== undefined && {token})};
}

const changeable: ReadonlySet<string> = new Set(['name', 'region', 'size', 'fields']);

const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
