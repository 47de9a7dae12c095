import {failure} from '../../core/failure/failure.ts';
import {isEnded, type Operation} from '../../core/operation.ts';
import {type DeploySpec} from '../../core/plan.ts';
import {parseRef} from '../../core/reference.ts';
import {type EnginePorts} from '../engine.ts';
import {type StateStore} from '../state-store.ts';
import {isCommandAction} from './action-facts.ts';
import {type Wanted} from '../inventory/read-back.ts';
import {type Runner, type RunnerParts} from './runner.ts';
import {type Work} from './work.ts';

type Options = {
	readonly parts: RunnerParts;
	readonly runner: Runner;
	readonly state: StateStore;
	readonly process: EnginePorts['process'];
};

/**
Ends what processes that are gone have left behind. Nothing is done a second time: what was scheduled is dropped, and what was
handed to a provider is read back to learn what came of it.
*/
export function createTakeOver({parts: {log, inventory}, runner, state, process}: Options): () => void {
	const isOrphan = ({id, pid, state: phase}: Operation) =>
		!isEnded(phase) && !runner.works.has(id) && (pid === process.pid || !process.isAlive(pid));

	return () => {
		for (const operation of state.get().operations.filter(candidate => isOrphan(candidate))) {
			const source = inventory.source(operation.provider, operation.type);
			if (source === undefined || !isCommandAction(operation.action)) {
				continue;
			}

			const resource = operation.ref && inventory.get(operation.ref);
			const spec = operation.action === 'deploy' ? specOf(operation) : undefined;
			const work: Work = {id: operation.id, action: operation.action, source, controller: new AbortController(), resource, spec};
			if (operation.state === 'scheduled') {
				runner.finish(work, {
					state: 'cancelled',
					error: failure('CWS_CANCELLED', {
						message: `The destroy was dropped because its cws ended in the undo window; \`${operation.name}\` is still there. If it was stopped for it, start it with \`cws start ${operation.provider}/${operation.name}\`.`,
					}),
				});
				continue;
			}

			runner.add(work);
			log.update(operation.id, {pid: process.pid, stage: 'taken over, reading back'});
			void runner.follow(work, wantedOf(operation));
		}
	};
}

const specOf = ({input, type, name, id}: Operation): DeploySpec => ({fields: {}, ...input, type, name, token: id});

function wantedOf({ref, provider, type, name}: Operation): Wanted {
	const parts = ref === undefined ? undefined : parseRef(ref);
	return {
		provider,
		type,
		name,
		...(parts && {id: parts.id}),
		...(parts?.account !== undefined && {account: parts.account}),
		...(parts?.region !== undefined && {region: parts.region}),
	};
}
