import {type ExitCode} from '../../core/failure/error-codes.ts';
import {failure} from '../../core/failure/failure.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {type Engine} from '../../engine/engine.ts';
import {type FlagSpec, type VerbContext} from '../shared/verb.ts';

/** One thing `cws plugin` does. Its `input` is what stands behind its name. */
export type PluginAction = {
	readonly name: string;
	/** Behind the name: `ID`. */
	readonly usage: string;
	/** Arguments behind the name. */
	readonly minimum: number;
	readonly maximum: number;
	readonly flags?: Readonly<Record<string, FlagSpec>>;
	readonly run: (context: VerbContext) => Promise<ExitCode>;
};

/** The engine with what it knows of every plugin. */
export async function loadedEngine({app}: VerbContext): Promise<Engine> {
	const {engine} = await app();
	await engine.load();
	return engine;
}

/** The plugin of an id; of several copies the one that counts. */
export const findRecord = (engine: Engine, id: string): PluginRecord | undefined => {
	const own = engine.getState().plugins.filter(plugin => plugin.id === id);
	return own.find(plugin => plugin.state !== 'shadowed') ?? own[0];
};

export const noPlugin = (id: string) => failure('CWS_NO_PLUGIN', {message: `There is no plugin \`${id}\`.`});
