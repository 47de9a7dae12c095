import {failure} from '../../core/failure/failure.ts';
import {type Operation, type Origin} from '../../core/operation.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type DeploySpec} from '../../core/plan.ts';
import {formatRef} from '../../core/reference.ts';
import {type Resource} from '../../core/resource.ts';
import {type OperationCommandId} from '../command-types.ts';
import {type InventorySource} from '../inventory/inventory.ts';
import {actionFacts, expectedOf} from './action-facts.ts';
import {type Runner, type RunnerParts} from './runner.ts';
import {type UndoWindow} from './undo-window.ts';
import {type Work} from './work.ts';

export type BeginRequest = {
	readonly action: OperationCommandId;
	readonly source: InventorySource;
	readonly input: Readonly<Record<string, unknown>>;
	readonly cli: string;
	readonly origin: Origin;
	readonly undoSeconds?: number;
} & ({readonly resource: Resource; readonly spec?: undefined} | {readonly spec: DeploySpec; readonly resource?: undefined});

/** Makes the operation's row and sets it going; the rest happens by itself. */
export type Begin = (request: BeginRequest) => Promise<Outcome<Operation>>;

type Options = {readonly parts: RunnerParts; readonly runner: Runner; readonly undoWindow: UndoWindow; readonly pid: number};

export function createBegin({parts: {clock, inventory, log}, runner, undoWindow, pid}: Options): Begin {
	const held = new Set<string>();
	return async request => {
		const {action, source, resource, spec, input, cli, origin, undoSeconds = 0} = request;
		const {provider, type} = source.contribution;
		const name = resource?.name ?? spec!.name;
		// Held before the database is asked, because a second key press does not wait for it.
		const target = resource?.ref ?? `${provider}/${type}/${name}`;
		if (held.has(target)) {
			return failed(failure('CWS_CONFLICT', {message: `Another operation on \`${name}\` is running.`}));
		}

		held.add(target);
		const now = clock.now();
		const id = createId();
		const placeholder = spec && placeholderOf(source, spec, id, now);
		const work: Work = {id, action, source, controller: new AbortController(), resource, spec, placeholder};
		// Known before its row is, or the row would look like one that a dead process left.
		runner.add(work);
		const begun = await log.insert({
			id,
			action,
			provider,
			type,
			name,
			...(resource && {ref: resource.ref}),
			state: undoSeconds > 0 ? 'scheduled' : 'requested',
			expects: expectedOf(action, source.contribution),
			requestedAt: now,
			updatedAt: now,
			...(undoSeconds > 0 && {dueAt: now + undoSeconds * 1000}),
			cli,
			origin,
			pid,
			input,
		});
		if (!begun.ok) {
			held.delete(target);
			runner.drop(id);
			return begun;
		}

		const stopListening = log.subscribe(changed => {
			if (changed.id === id && changed.endedAt !== undefined) {
				stopListening();
				held.delete(target);
			}
		});
		if (undoSeconds > 0) {
			undoWindow.open(work);
			return ok(log.get(id)!);
		}

		if (placeholder) {
			inventory.overlays.expect(placeholder);
			inventory.show(placeholder);
		} else if (resource) {
			inventory.overlays.set(resource.ref, {status: actionFacts[action].meanwhile, expects: [], isAccepted: false});
			inventory.upsert(inventory.overlays.real(resource.ref) ?? resource);
		}

		void runner.carryOut(work);
		return begun;
	};
}

/** Short enough to type after `cws task cancel`. */
const createId = (): string =>
	Array.from(crypto.getRandomValues(new Uint8Array(8)), byte => 'abcdefghjkmnpqrstuvwxyz23456789'[byte % 31]).join('');

function placeholderOf({contribution: {provider, type}}: InventorySource, spec: DeploySpec, operation: string, now: number): Resource {
	const {name, account, region, size, tags} = spec;
	const id = `new-${operation}`;
	return {
		id,
		type,
		name,
		account,
		region,
		size,
		tags,
		status: 'creating',
		rawStatus: 'requested',
		createdAt: now,
		provider,
		ref: formatRef({provider, account, region, type, id}),
		seenAt: now,
		meta: {operation},
	};
}
