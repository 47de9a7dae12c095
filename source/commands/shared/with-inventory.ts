import {type Resource} from '../../core/resource.ts';
import {type Outcome} from '../../core/failure/outcome.ts';
import {type Engine, type RefreshFilter} from '../../engine/engine.ts';
import {parseRef} from '../../core/reference.ts';
import {type VerbContext} from './verb.ts';

/** The engine with a fresh inventory of the given providers; what failed keeps its last rows. */
export async function withInventory(context: VerbContext, filter?: RefreshFilter): Promise<Engine> {
	const {engine} = await context.app();
	await engine.load({isWithRecords: filter?.isWithSpend !== false});
	await engine.refreshOnce(filter);
	return engine;
}

/** The resource a person named, after a fresh look; a full reference asks its own provider only. */
export async function findResource(
	context: VerbContext,
	text: string,
): Promise<{readonly engine: Engine; readonly found: Outcome<Resource>}> {
	const parts = parseRef(text);
	const [head, tail] = text.split('/');
	const provider = parts?.provider ?? (tail === undefined ? undefined : head);
	const engine = await withInventory(context, {provider, type: parts?.type});
	return {engine, found: engine.resolve(text)};
}
