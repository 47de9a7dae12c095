import {type Failure} from '../../../core/failure/failure.ts';
import {type AttentionItem, attentionOf} from '../../../engine/selectors/attention.ts';
import {type EngineState} from '../../../engine/state.ts';

/** Something that failed, with when it was seen. */
export type Problem = {readonly subject: string; readonly at?: number; readonly failure: Failure};

/** What failed and is not mended. */
export function problemsOf({notices, plugins, sources, operations}: EngineState): readonly Problem[] {
	return [
		...notices.map((failure): Problem => ({subject: 'cws', failure})),
		...plugins.flatMap(({id, error, health}): Problem[] =>
			error === undefined
				? health.status === 'fail'
					? [{subject: `plugin ${id}`, at: health.observedAt, failure: healthFailure(health)}]
					: []
				: [{subject: `plugin ${id}`, failure: error}],
		),
		...sources.flatMap(({key, phase, seenAt, error}): Problem[] =>
			phase === 'failed' && error !== undefined ? [{subject: key, at: seenAt, failure: error}] : [],
		),
		...operations.flatMap(({action, name, state, endedAt, error}): Problem[] =>
			(state === 'failed' || state === 'diverged') && error !== undefined
				? [{subject: `${action} ${name}`, at: endedAt, failure: error}]
				: [],
		),
	];
}

const healthFailure = ({output, fix, needsLogin}: EngineState['plugins'][number]['health']): Failure => ({
	code: needsLogin ? 'CWS_NEEDS_LOGIN' : 'CWS_PROVIDER_UNAVAILABLE',
	message: output ?? 'The health check failed.',
	...(fix === undefined ? {} : {fix}),
});

/** What the header counts besides: failed resources, and plugins and sources that work with a trouble. */
export function remarksOf(engine: EngineState): readonly AttentionItem[] {
	const {plugins, sources} = engine;
	const named = new Set([
		...plugins.filter(({error, health}) => error !== undefined || health.status === 'fail').map(({id}) => `plugin ${id}`),
		...sources.filter(({phase, error}) => phase === 'failed' && error !== undefined).map(({key}) => `source ${key}`),
	]);
	return attentionOf(engine).filter(({kind, key}) => kind !== 'operation' && !named.has(`${kind} ${key}`));
}
