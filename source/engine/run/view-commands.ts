import {isAbsent} from '../../core/plugin.ts';
import {ok, type Outcome} from '../../core/failure/outcome.ts';
import {type CommandInputs} from '../command-types.ts';
import {type EngineParts} from '../engine-parts.ts';
import {unknownPlugin} from './manage-plugin.ts';

/** Asks the providers now; the rows change as they answer. */
export function refresh({inventory, poller}: EngineParts, {provider, type}: CommandInputs['refresh']): void {
	for (const source of inventory.sources()) {
		if (
			(provider === undefined || source.contribution.provider === provider) &&
			(type === undefined || source.contribution.type === type)
		) {
			void poller.poll(source);
		}
	}
}

export function pauseRefresh({state, poller}: EngineParts, {isPaused}: CommandInputs['pauseRefresh']): void {
	poller.setPaused(isPaused);
	state.update(current => (current.isPaused === isPaused ? current : {...current, isPaused}));
}

/** Of one plugin, or of all that run; with `start` of all that are enabled. */
export async function checkHealth({host, state}: EngineParts, {plugin, start}: CommandInputs['checkHealth']): Promise<Outcome<undefined>> {
	const records = host.records();
	if (plugin !== undefined && !records.some(({id}) => id === plugin)) {
		return unknownPlugin(records, plugin);
	}

	const asked =
		plugin === undefined
			? records.filter(record => record.state === 'active' || (start && canStart.has(record.state) && !isAbsent(record)))
			: [{id: plugin}];
	await Promise.all(asked.map(({id}) => host.checkHealth(id, {start: start ?? false})));
	// The host tells of it a turn later, but who asked wants the answer now.
	const plugins = host.records();
	state.update(current => (current.plugins === plugins ? current : {...current, plugins}));
	return ok(undefined);
}

const canStart: ReadonlySet<string> = new Set(['discovered', 'starting', 'stopped', 'failed', 'backoff']);
