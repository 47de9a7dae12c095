import {failure, type Failure} from '../../core/failure/failure.ts';
import {isEnded, type Operation, type Origin} from '../../core/operation.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type EnginePorts} from '../engine.ts';
import {type StateStore} from '../state-store.ts';
import {actionFacts} from './action-facts.ts';
import {type Begin, createBegin} from './begin.ts';
import {actionLine} from './words/cli-line.ts';
import {createRunner, type Runner, type RunnerParts} from './runner.ts';
import {createTakeOver} from './take-over.ts';
import {createUndoWindow, type UndoWindow} from './undo-window.ts';
import {verify} from './verify.ts';
import {targetOf} from './resource-target.ts';
import {type Work} from './work.ts';

export type Operations = {
	readonly begin: Begin;
	readonly undo: (id: string | undefined, origin: Origin) => Promise<Outcome<Operation>>;
	readonly cancel: (id: string, origin: Origin) => Promise<Outcome<Operation>>;
	readonly takeOver: () => void;
	/** Drops what waits for its time, gives providers a moment to accept what they are being asked, and lets go of the rest; the rows in the database say where each stands. */
	readonly stop: (waitMs: number) => Promise<void>;
};

type Options = {readonly parts: RunnerParts; readonly state: StateStore; readonly process: EnginePorts['process']};

export function createOperations({parts, state, process}: Options): Operations {
	const {log} = parts;
	const runner: Runner = createRunner(parts);
	const undoWindow: UndoWindow = createUndoWindow(parts, () => runner);
	const begin = createBegin({parts, runner, undoWindow, pid: process.pid});

	const takeBack = async (work: Work, origin: Origin): Promise<Operation> => {
		const wasStopped = undoWindow.takeBack(work, 'Taken back in the undo window.');
		const operation = log.get(work.id)!;
		void wasStopped.then(async isStopped => {
			const isStarting = isStopped && (await startAgain({parts, begin, work, operation, origin}));
			const real = isStarting || work.resource === undefined ? undefined : parts.inventory.overlays.clear(work.resource.ref);
			if (real !== undefined) {
				parts.inventory.upsert(real);
			}
		});
		return operation;
	};

	return {
		begin,
		async undo(id, origin) {
			const scheduled = state
				.get()
				.operations.filter(candidate => (id === undefined ? candidate.state === 'scheduled' : candidate.id === id));
			const operation = scheduled.find(candidate => runner.works.has(candidate.id)) ?? scheduled[0];
			const work = operation && runner.works.get(operation.id);
			if (operation?.state !== 'scheduled') {
				return failed(
					operation
						? failure('CWS_INVALID_STATE', {message: `The ${operation.action} of \`${operation.name}\` can no longer be undone.`})
						: failure('CWS_NO_TASK', {message: id === undefined ? 'There is nothing to undo.' : `No operation \`${id}\` can be undone.`}),
				);
			}

			return work ? ok(await takeBack(work, origin)) : failed(elsewhere(operation));
		},
		async cancel(id, origin) {
			const operation = log.get(id);
			if (operation === undefined) {
				return failed(failure('CWS_NO_TASK', {message: `No operation \`${id}\`.`}));
			}

			if (isEnded(operation.state)) {
				return failed(
					failure('CWS_INVALID_STATE', {message: `The ${operation.action} of \`${operation.name}\` has ended: ${operation.state}.`}),
				);
			}

			const work = runner.works.get(id);
			if (work === undefined) {
				return failed(elsewhere(operation));
			}

			if (operation.state === 'scheduled') {
				return ok(await takeBack(work, origin));
			}

			const message =
				operation.state === 'accepted'
					? `The ${operation.action} was accepted already; cws no longer follows it.`
					: `The ${operation.action} was cancelled; what the provider had begun may still happen.`;
			const error = failure('CWS_CANCELLED', {message});
			work.controller.abort(error);
			runner.finish(work, {state: 'cancelled', error});
			return ok(log.get(id)!);
		},
		takeOver: createTakeOver({parts, runner, state, process}),
		async stop(waitMs) {
			undoWindow.closeAll();
			await handedOver(parts, runner, waitMs);
			await lookedAt(parts, runner, waitMs);
			for (const work of runner.works.values()) {
				work.controller.abort(failure('CWS_CANCELLED', {message: 'cws ends.'}));
			}
		},
	};
}

/** Waits a moment for providers to accept what they are being asked, so that nothing is broken off in the middle. */
async function handedOver({clock, log}: RunnerParts, runner: Runner, waitMs: number): Promise<void> {
	const isDone = () => runner.works.keys().every(id => log.get(id)?.state !== 'requested');
	const {promise, resolve} = Promise.withResolvers<void>();
	const cancel = clock.after(waitMs, resolve);
	const unsubscribe = log.subscribe(() => {
		if (isDone()) {
			resolve();
		}
	});
	if (isDone()) {
		resolve();
	}

	await promise;
	unsubscribe();
	cancel();
}

/** The next start shows what is stored at the end of this one, so what a failure left behind has to be seen before. */
async function lookedAt({clock}: RunnerParts, runner: Runner, waitMs: number): Promise<void> {
	const {promise, resolve} = Promise.withResolvers<void>();
	const cancel = clock.after(waitMs, resolve);
	await Promise.race([runner.settled(), promise]);
	cancel();
}

const elsewhere = ({action, name, pid}: Operation): Failure =>
	failure('CWS_CONFLICT', {
		message: `The ${action} of \`${name}\` belongs to another cws.`,
		cause: `process ${pid} carries it out`,
		fix: 'undo or cancel it there',
	});

type StartAgain = {
	readonly parts: RunnerParts;
	readonly begin: Begin;
	readonly work: Work;
	readonly operation: Operation;
	readonly origin: Origin;
};

// A provider that is still stopping refuses to start. False when nothing was started.
async function startAgain({parts, begin, work: {source, resource}, operation, origin}: StartAgain): Promise<boolean> {
	if (resource === undefined || !source.contribution.operations.includes('start')) {
		return false;
	}

	const {signal} = new AbortController();
	const stopped = {...operation, action: 'stop' as const, expects: actionFacts.stop.expects};
	const verdict = await verify({...parts, source, wanted: targetOf(resource), operation: stopped, signal});
	if (verdict.row === undefined) {
		return false;
	}

	const input = {ref: resource.ref};
	const begun = await begin({action: 'start', source, resource: verdict.row, input, cli: actionLine('start', resource), origin});
	return begun.ok;
}
