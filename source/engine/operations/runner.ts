import {failure, type Failure} from '../../core/failure/failure.ts';
import {isEnded, type OperationResult} from '../../core/operation.ts';
import {type Outcome} from '../../core/failure/outcome.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type PluginHost} from '../../core/ports/plugin-host.ts';
import {formatRef, type ResourceRef} from '../../core/reference.ts';
import {type Resource} from '../../core/resource.ts';
import {type OperationCommandId} from '../command-types.ts';
import {type Inventory, type InventorySource} from '../inventory/inventory.ts';
import {type ReadBack, type Wanted} from '../inventory/read-back.ts';
import {type AuditLog} from '../records/audit-log.ts';
import {type EventLog} from '../records/event-log.ts';
import {actionFacts} from './action-facts.ts';
import {callProvider} from './call-provider.ts';
import {differsFromPlan} from './words/differs-from-plan.ts';
import {type OperationLog} from './operation-log.ts';
import {endEvent} from './words/operation-events.ts';
import {targetOf} from './resource-target.ts';
import {type Verdict, verify} from './verify.ts';
import {type Work} from './work.ts';

export type Runner = {
	/** Hands it to the provider and follows it to its end. */
	readonly carryOut: (work: Work) => Promise<void>;
	/** Follows what a provider has accepted already. */
	readonly follow: (work: Work, wanted: Wanted) => Promise<void>;
	readonly finish: (
		work: Work,
		verdict: Verdict | {readonly state: 'failed' | 'cancelled'; readonly error: Failure},
		result?: OperationResult,
	) => void;
	readonly works: ReadonlyMap<string, Work>;
	/** After an operation that went wrong, what is there is read; resolves when that is done. */
	readonly settled: () => Promise<void>;
	readonly add: (work: Work) => void;
	readonly drop: (id: string) => void;
};

export type RunnerParts = {
	readonly host: PluginHost;
	readonly clock: Clock;
	readonly inventory: Inventory;
	readonly log: OperationLog;
	readonly events: EventLog;
	readonly audit: AuditLog;
	readonly readBack: ReadBack;
	readonly poll: (source: InventorySource) => Promise<void>;
};

export function createRunner(parts: RunnerParts): Runner {
	const {host, clock, inventory, log, events, audit, readBack, poll} = parts;
	const {overlays} = inventory;
	const works = new Map<string, Work>();
	const looking = new Set<Promise<void>>();

	const finish: Runner['finish'] = (work, verdict, result) => {
		const operation = log.get(work.id);
		works.delete(work.id);
		if (operation === undefined || isEnded(operation.state)) {
			return;
		}

		const row = 'row' in verdict ? verdict.row : undefined;
		settleRow({
			inventory,
			work,
			ref: operation.ref,
			row,
			isGone: verdict.state === 'verified' && (row === undefined || row.status === 'deleted'),
		});
		const now = clock.now();
		const error = 'error' in verdict ? verdict.error : undefined;
		const ended = log.update(work.id, {
			state: verdict.state,
			endedAt: now,
			stage: undefined,
			progress: undefined,
			...(error && {error}),
			...(result && {result}),
			...(row && {ref: row.ref}),
		})!;
		events.emit(endEvent(ended, work.source.contribution, row));
		const difference =
			verdict.state === 'verified' && work.spec && row && differsFromPlan(work.source.contribution, work.spec, row, result);
		if (difference) {
			events.emit({...difference, subject: `${ended.provider}/${ended.name}`, ref: row.ref, provider: ended.provider});
		}

		audit.write({
			command: ended.action,
			origin: ended.origin,
			target: ended.ref ?? `${ended.provider}/${ended.name}`,
			input: ended.input,
			error,
		});
		if (verdict.state !== 'verified') {
			const shown = showWhatIs(work).finally(() => looking.delete(shown));
			looking.add(shown);
		}
	};

	// What is really there now, so that the row does not show what was hoped for.
	const showWhatIs = async ({source, resource}: Work) => {
		if (resource === undefined) {
			await poll(source);
			return;
		}

		const now = await readBack(source, targetOf(resource));
		if (now.ok && now.value === undefined) {
			inventory.remove(resource.ref);
		}
	};

	const follow: Runner['follow'] = async (work, wanted) => {
		const operation = log.get(work.id)!;
		const verdict = await verify({clock, readBack, source: work.source, wanted, operation, signal: work.controller.signal});
		if (!work.controller.signal.aborted) {
			finish(work, verdict, log.get(work.id)?.result);
		}
	};

	const carryOut: Runner['carryOut'] = async work => {
		const {id, action, resource, controller} = work;
		const answer: Outcome<OperationResult> = await callProvider({
			host,
			work,
			onProgress({done, total, message}) {
				log.update(id, {
					...(message !== undefined && {stage: message}),
					...(done !== undefined && total !== undefined && total > 0 && {progress: Math.min(1, Math.max(0, done / total))}),
				});
			},
		});
		if (controller.signal.aborted) {
			return;
		}

		if (!answer.ok) {
			finish(work, {state: 'failed', error: answer.error});
			return;
		}

		const result = answer.value;
		const ref = work.spec && result.id !== undefined ? refOf(work, result) : undefined;
		const end = endOf(action, work, result);
		if (end) {
			// A deploy that failed may have created something: what happened to it is found by its reference.
			log.update(id, ref === undefined ? {} : {ref});
			finish(work, end, result);
			return;
		}

		log.update(id, {state: 'accepted', result, stage: result.message, ...(ref !== undefined && {ref})});
		if (resource) {
			overlays.set(resource.ref, {status: actionFacts[action].meanwhile, expects: log.get(id)!.expects, isAccepted: true});
		}

		await follow(work, wantedOf(work, result));
	};

	return {
		carryOut,
		follow,
		finish,
		works,
		settled: async () => {
			await Promise.all(looking);
		},
		add(work) {
			works.set(work.id, work);
		},
		drop(id) {
			works.delete(id);
		},
	};
}

/** Results that need no read-back. */
function endOf(action: OperationCommandId, {resource, spec}: Work, {status, message}: OperationResult): Verdict | undefined {
	const name = resource?.name ?? spec?.name ?? '';
	if (status === 'failed') {
		return {state: 'failed', error: failure('CWS_PROVIDER_FAILED', {message: message ?? `The provider could not ${action} \`${name}\`.`})};
	}

	if (status === 'not_found') {
		return action === 'destroy'
			? {state: 'verified'}
			: {state: 'failed', error: failure('CWS_NOT_FOUND', {message: message ?? `\`${name}\` is gone from the provider.`})};
	}

	return (status === 'skipped' || status === 'preview') && resource ? {state: 'verified', row: resource} : undefined;
}

function refOf({source: {contribution}, spec}: Work, {id, account, region}: OperationResult) {
	return formatRef({
		provider: contribution.provider,
		type: contribution.type,
		id: id!,
		account: account ?? spec?.account,
		region: region ?? spec?.region,
	});
}

function wantedOf({source: {contribution}, resource, spec}: Work, {id, account, region}: OperationResult): Wanted {
	if (resource) {
		return targetOf(resource);
	}

	const place = {account: account ?? spec?.account, region: region ?? spec?.region};
	return {
		provider: contribution.provider,
		type: contribution.type,
		name: spec!.name,
		...(id !== undefined && {id}),
		...(place.account !== undefined && {account: place.account}),
		...(place.region !== undefined && {region: place.region}),
	};
}

type Settlement = {
	readonly inventory: Inventory;
	readonly work: Work;
	readonly ref: ResourceRef | undefined;
	readonly row: Resource | undefined;
	readonly isGone: boolean;
};

/** Ends what the operation showed instead of the real row. */
function settleRow({inventory, work: {action, resource, placeholder}, ref, row, isGone}: Settlement): void {
	const {overlays} = inventory;
	const before = resource && (overlays.clear(resource.ref) ?? resource);
	if (isGone && action === 'destroy' && ref !== undefined) {
		inventory.remove(ref);
	} else if (row ?? before) {
		inventory.upsert((row ?? before)!);
	}

	if (placeholder) {
		overlays.forget(placeholder.ref);
		inventory.remove(placeholder.ref);
	}
}
