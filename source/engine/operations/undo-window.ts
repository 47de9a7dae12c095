import {failure} from '../../core/failure/failure.ts';
import {type Outcome} from '../../core/failure/outcome.ts';
import {type OperationResult} from '../../core/operation.ts';
import {callProvider} from './call-provider.ts';
import {aboutOf} from './words/operation-events.ts';
import {targetOf} from './resource-target.ts';
import {type Runner, type RunnerParts} from './runner.ts';
import {type Work} from './work.ts';

/** The seconds between a confirmed destroy and the destroy. */
export type UndoWindow = {
	readonly open: (work: Work) => void;
	/** Takes it back. Resolves to true when the resource was stopped for it and must be started again. */
	readonly takeBack: (work: Work, reason: string) => Promise<boolean>;
	readonly isOpen: (id: string) => boolean;
	/** Takes back everything, because cws ends. */
	readonly closeAll: () => void;
};

type Window = {readonly work: Work; readonly cancelTimer: () => void; readonly stopped?: Promise<Outcome<OperationResult>>};

export function createUndoWindow({host, clock, inventory, log, events, readBack}: RunnerParts, runner: () => Runner): UndoWindow {
	const windows = new Map<string, Window>();
	const {overlays} = inventory;

	// What it costs ends with the key press, not with the window.
	const stopFirst = (work: Work): Promise<Outcome<OperationResult>> | undefined => {
		const {source, resource} = work;
		if (resource?.status !== 'running' || !source.contribution.operations.includes('stop') || resource.disabled?.stop !== undefined) {
			return undefined;
		}

		overlays.set(resource.ref, {status: 'stopping', expects: ['stopped'], isAccepted: false});
		inventory.upsert(resource);
		const stopping = callProvider({host, work: {...work, action: 'stop', controller: new AbortController()}});
		void stopping.then(async ({ok}) => {
			if (windows.has(work.id)) {
				overlays.set(resource.ref, {status: 'stopping', expects: ['stopped'], isAccepted: true});
				await readBack(source, targetOf(resource));
			}

			return ok;
		});
		return stopping;
	};

	const takeOut = (id: string) => {
		const window = windows.get(id);
		window?.cancelTimer();
		windows.delete(id);
		return window;
	};

	const due = async (work: Work) => {
		const window = takeOut(work.id);
		const operation = log.update(work.id, {state: 'requested'});
		if (window === undefined || operation === undefined) {
			return;
		}

		events.emit({...aboutOf(operation), type: 'action.executed', level: 'info', message: 'destroy begins, the undo window is over'});
		const {resource} = work;
		overlays.set(resource!.ref, {status: 'deleting', expects: operation.expects, isAccepted: false});
		inventory.upsert(overlays.real(resource!.ref) ?? resource!);
		await window.stopped;
		if (!work.controller.signal.aborted) {
			await runner().carryOut(work);
		}
	};

	return {
		open(work) {
			const operation = log.get(work.id)!;
			const wait = operation.dueAt! - operation.requestedAt;
			windows.set(work.id, {
				work,
				stopped: stopFirst(work),
				cancelTimer: clock.after(wait, () => {
					void due(work);
				}),
			});
			events.emit({
				...aboutOf(operation),
				type: 'action.scheduled',
				level: 'info',
				message: `destroy in ${Math.round(wait / 1000)} s, it can be undone until then`,
			});
		},
		async takeBack(work, reason) {
			const window = takeOut(work.id);
			runner().finish(work, {state: 'cancelled', error: failure('CWS_CANCELLED', {message: reason})});
			const row = work.resource && inventory.get(work.resource.ref);
			if (window?.stopped !== undefined && row !== undefined) {
				// The stop goes on and is followed by a start; that it runs again is true only after both.
				overlays.set(row.ref, {status: 'stopping', expects: ['stopped'], isAccepted: true});
				inventory.upsert(row);
			}

			const stopped = await window?.stopped;
			return stopped?.ok === true && stopped.value.status !== 'failed';
		},
		isOpen: id => windows.has(id),
		closeAll() {
			for (const {work, stopped} of windows.values()) {
				const {provider, name} = log.get(work.id)!;
				takeOut(work.id);
				runner().finish(work, {
					state: 'cancelled',
					error: failure('CWS_CANCELLED', {
						message: `The destroy was dropped because cws ended before it was due${stopped === undefined ? '.' : `; it was stopped for it, start it with \`cws start ${provider}/${name}\`.`}`,
					}),
				});
			}
		},
	};
}
