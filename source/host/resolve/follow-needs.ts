import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type Manifest} from '../../core/manifest.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {isOffering} from '../../core/plugin-presence.ts';
import {type Requirement, type ServiceRecord} from '../../core/plugin-parts.ts';
import {type PluginTable} from '../plugin-table.ts';
import {type PluginSlot} from '../slot/slot-types.ts';
import {brokenFailure} from './broken-failure.ts';
import {type Candidate} from './candidate.ts';
import {type Resolution, type Resolver} from './resolve-plugins.ts';

/** Keeps plugins that need one another together: what is needed starts first, and who cannot do without stops with it. */
export type Needs = {
	readonly order: () => readonly string[];
	/** Those that may end together, the ones nobody needs first. */
	readonly endings: () => readonly (readonly PluginSlot[])[];
	/** For a record as it is, or as an update would make it. */
	readonly startNeeded: (record: PluginRecord) => Promise<Outcome<void>>;
	/** To be called after a record changed. */
	readonly settle: () => void;
};

export function createNeeds(table: () => PluginTable): Needs {
	let resolver: Resolver | undefined;
	let loading: Promise<void> | undefined;
	let known: {readonly key: string; readonly resolution: Resolution} | undefined;

	const candidates = (): readonly Candidate[] =>
		members(table()).map(slot => {
			const {id, manifest} = slot.record();
			const obstacle = obstacleOf(slot.record());
			return {id, manifest, ...(obstacle !== undefined && {obstacle})};
		});

	function resolution(update?: PluginRecord): Resolution {
		const found = candidates().map(candidate => (candidate.id === update?.id ? {id: candidate.id, manifest: update.manifest} : candidate));
		const key = JSON.stringify(
			found.map(({id, manifest, obstacle}) => [
				id,
				manifest.version,
				obstacle,
				manifest.provides,
				manifest.requires,
				manifest.optionalRequires,
				manifest.dependencies,
			]),
		);
		if (known?.key === key) {
			return known.resolution;
		}

		const resolution = found.some(({manifest}) => isConcerned(manifest)) ? resolver?.resolve(found) : unrelated(found);
		if (resolution === undefined) {
			// Until it is known who needs whom; whoever starts a plugin waits for that.
			return unrelated(found);
		}

		known = {key, resolution};
		return resolution;
	}

	async function readVersions() {
		const {resolver: loaded} = await import('./resolve-plugins.ts');
		resolver = loaded;
	}

	/** Undefined when it is known already, or when there is nothing to know. */
	function load(update?: PluginRecord): Promise<void> | undefined {
		const isNeeded = candidates().some(({manifest}) => isConcerned(manifest)) || (update !== undefined && isConcerned(update.manifest));
		if (resolver !== undefined || !isNeeded) {
			return undefined;
		}

		loading ??= readVersions();
		return loading;
	}

	const neededBy = (id: string, {requirements} = resolution()) => (requirements.get(id) ?? []).filter(({metBy}) => metBy !== undefined);

	return {
		order: () => resolution().order,
		endings() {
			const {order} = resolution();
			const levels = new Map<string, number>();
			for (const id of order) {
				const below = neededBy(id).map(({metBy}) => levels.get(metBy!) ?? -1);
				levels.set(id, 1 + Math.max(-1, ...below));
			}

			const slots = table().slots();
			const depths = [...new Set(slots.map(({id}) => levels.get(id) ?? 0))].toSorted((a, b) => b - a);
			return depths.map(depth => slots.filter(({id}) => (levels.get(id) ?? 0) === depth));
		},
		async startNeeded(record) {
			await load(record);
			const {id} = record;
			const resolved = resolution(record);
			const {problems, order} = resolved;
			const problem = problems.get(id);
			if (problem !== undefined) {
				return failed(problem);
			}

			// One that comes later in the order is only nice to have, and would wait for us in turn.
			const needed = neededBy(id, resolved).filter(({metBy, isOptional}) => !isOptional || order.indexOf(metBy!) < order.indexOf(id));
			const starts = await Promise.all(
				needed.map(async need => ({need, started: (await table().get(need.metBy!)?.acquire()) ?? ok(undefined)})),
			);
			for (const {need, started} of starts) {
				if (!started.ok && !need.isOptional) {
					return failed(brokenFailure(id, need, started.error));
				}
			}

			return ok(undefined);
		},
		settle,
	};

	function settle() {
		void load()?.then(settle);
		const {problems, requirements} = resolution();
		for (const slot of members(table())) {
			const {id} = slot;
			tellParts(slot, requirements.get(id) ?? [], servicesOf(slot, table(), resolver));
			const problem = problems.get(id);
			if (problem !== undefined) {
				if (slot.current() !== undefined) {
					void slot.suspend(problem);
				}
			} else if (needsAreReady(id)) {
				slot.resume();
			}
		}
	}

	/** Not while one of them rests after a failure: that would only fail again. */
	function needsAreReady(id: string): boolean {
		return neededBy(id).every(({metBy, isOptional}) => {
			const state = table().get(metBy!)?.record().state;
			return isOptional || state === 'active' || state === 'discovered';
		});
	}
}

const isConcerned = ({provides, requires, optionalRequires, dependencies}: Manifest): boolean =>
	[provides, requires, optionalRequires, dependencies].some(versions => versions !== undefined && Object.keys(versions).length > 0);

/** As long as nobody names another, or it is not known yet who does. */
const unrelated = (found: readonly Candidate[]): Resolution => ({
	order: found.map(({id}) => id).toSorted(),
	requirements: new Map(),
	problems: new Map(),
});

/** The plugin of each id that counts. */
const members = (table: PluginTable): readonly PluginSlot[] => table.slots().filter(slot => table.get(slot.id) === slot);

/** Completes the sentence "`x` …". */
function obstacleOf({state, stage, retryAt, error}: PluginRecord): string | undefined {
	switch (state) {
		case 'disabled': {
			return 'is disabled';
		}

		case 'blocked': {
			return 'may not run';
		}

		case 'quarantined': {
			return 'failed too often';
		}

		case 'stopped': {
			return 'was unloaded';
		}

		case 'failed': {
			if (stage === 'manifest') {
				return 'has a manifest that is wrong';
			}

			// What fails for want of another is the matter of that other.
			return retryAt === undefined && error?.code !== 'CWS_PLUGIN_DEPENDENCY' ? `cannot run: ${error?.cause ?? error?.message}` : undefined;
		}

		default: {
			return undefined;
		}
	}
}

function servicesOf(slot: PluginSlot, table: PluginTable, resolver: Resolver | undefined): readonly ServiceRecord[] {
	if (!isOffering(slot.record())) {
		return [];
	}

	return Object.entries(slot.record().manifest.provides ?? {}).map(([name, version]) => {
		const offers = members(table).flatMap(other => {
			const offered = other.record().manifest.provides?.[name];
			return offered === undefined || other.current() === undefined ? [] : [{id: other.id, version: offered}];
		});
		const [first] = resolver?.byPrecedence(offers) ?? offers;
		return {
			name,
			version,
			isOffered: slot.current() !== undefined && first?.id === slot.id,
			...(first !== undefined && first.id !== slot.id && {hiddenBy: first.id}),
		};
	});
}

function tellParts(slot: PluginSlot, requires: readonly Requirement[], services: readonly ServiceRecord[]) {
	const {requires: oldRequires, services: oldServices} = slot.record();
	const isChanged = JSON.stringify([requires, services]) !== JSON.stringify([oldRequires, oldServices]);
	if (isChanged) {
		slot.tell({requires, services});
	}
}
