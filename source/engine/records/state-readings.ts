import {hourlyOf} from '../../core/money/cost.ts';
import {free, type Money} from '../../core/money/money.ts';
import {type StateInterval, type StateReading} from '../../core/ports/store.ts';
import {parseRef, type ResourceRef} from '../../core/reference.ts';
import {type Resource} from '../../core/resource.ts';
import {sourceKey} from '../contributions/resource-types.ts';
import {type SourceState} from '../state.ts';

/** What is new for the ledger since the last time it was asked about a source. */
export type StateReadings = {
	readonly isChanged: (source: SourceState) => boolean;
	/** Changes only, or with `isWhole` every row; of a long list in parts, between which keys can be answered. */
	readonly of: (source: SourceState, now: number, isWhole: boolean) => Generator<readonly StateReading[]>;
	/** What the ledger says is there; what a complete list does not show of it ended while nobody looked. */
	readonly expect: (open: readonly StateInterval[]) => void;
};

type Known = {
	rows: readonly Resource[];
	missing?: SourceState['missing'];
	isThere: readonly boolean[];
	readonly byRef: Map<ResourceRef, Resource>;
};

const rowsPerPart = 5000;

type Expected = Map<ResourceRef, Pick<StateInterval, 'ref' | 'provider' | 'type' | 'name'>>;

export function createStateReadings(isPlaceholder: (ref: ResourceRef) => boolean): StateReadings {
	const recorded = new Map<string, Known>();
	const expected = new Map<string, Expected>();

	const gone = (known: Known, source: SourceState, now: number): StateReading[] => {
		const present = new Set(source.resources.map(({ref}) => ref));
		const open: Expected = new Map(expected.get(source.key));
		for (const [ref, row] of known.byRef) {
			open.set(ref, row);
		}

		const missing = open.values().filter(({ref}) => !present.has(ref) && !isOutOfSight(ref, source));
		return missing
			.map(({ref, provider, type, name}): StateReading => {
				known.byRef.delete(ref);
				return {ref, provider, type, name, status: 'deleted', hourly: free('it is gone'), at: now};
			})
			.toArray();
	};

	return {
		isChanged: ({key, resources, missing}) => recorded.get(key)?.rows !== resources || recorded.get(key)?.missing !== missing,
		*of(source, now, isWhole) {
			const {key, resources, missing, seenAt = 0} = source;
			const known: Known = recorded.get(key) ?? {rows: [], isThere: [], byRef: new Map()};
			recorded.set(key, known);
			if (known.rows === resources && known.missing === missing && !isWhole) {
				return;
			}

			const {rows, isThere: wasThere} = known;
			const isThere: boolean[] = [];
			known.rows = resources;
			known.missing = missing;
			known.isThere = isThere;
			let readings: StateReading[] = [];
			let present = 0;
			for (const [index, row] of resources.entries()) {
				if (index > 0 && index % rowsPerPart === 0) {
					yield readings;
					readings = [];
				}

				// Most rows are the objects they were; looking each up takes longer than all the rest.
				if (row === rows[index] && !isWhole) {
					isThere[index] = wasThere[index] ?? known.byRef.has(row.ref);
					present += isThere[index] ? 1 : 0;
					continue;
				}

				const before = known.byRef.get(row.ref);
				const hourly = hourlyOf(row);
				// Rows of a part that did not answer say nothing about now.
				const isSeen = row.seenAt >= seenAt && !isPlaceholder(row.ref);
				isThere[index] = before !== undefined || isSeen;
				present += isThere[index] ? 1 : 0;
				if (isSeen && (isWhole || before === undefined || before.status !== row.status || !isSameMoney(hourlyOf(before), hourly))) {
					known.byRef.set(row.ref, row);
					readings.push(readingOf(row, hourly, isWhole ? now : row.seenAt));
				}
			}

			if (known.byRef.size > present || expected.has(key)) {
				readings.push(...gone(known, source, now));
				if (source.missing.length === 0) {
					expected.delete(key);
				}
			}

			yield readings;
		},
		expect(open) {
			for (const interval of open) {
				const key = sourceKey(interval.provider, interval.type);
				const own = expected.get(key) ?? new Map();
				expected.set(key, own.set(interval.ref, interval));
			}
		},
	};
}

/** In a part that did not answer: it may be there or not. */
function isOutOfSight(ref: ResourceRef, {missing}: SourceState): boolean {
	const parts = parseRef(ref);
	return missing.some(
		({account, region}) => (account === undefined || account === parts?.account) && (region === undefined || region === parts?.region),
	);
}

const readingOf = ({ref, provider, type, name, status, createdAt}: Resource, hourly: Money, at: number): StateReading => ({
	ref,
	provider,
	type,
	name,
	status,
	hourly,
	at,
	...(createdAt !== undefined && {createdAt}),
});

const isSameMoney = (a: Money, b: Money): boolean =>
	a.kind === b.kind && (a.kind !== 'known' || (b.kind === 'known' && a.nanos === b.nanos && a.currency === b.currency));
