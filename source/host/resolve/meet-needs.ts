import {type Requirement} from '../../core/plugin-parts.ts';
import {byPrecedence, type Candidate, fits, type Need, needsOf, offeredVersion} from './candidate.ts';

/** What each plugin needs, who meets it, and why nobody does. */
export function meetNeeds(candidates: readonly Candidate[]): ReadonlyMap<string, readonly Requirement[]> {
	return new Map(
		candidates.map(candidate => [candidate.id, needsOf(candidate.manifest).map(need => meet(need, candidate.id, candidates))]),
	);
}

function meet(need: Need, asker: string, candidates: readonly Candidate[]): Requirement {
	const offers = byPrecedence(
		candidates.flatMap(candidate => {
			const version = candidate.id === asker ? undefined : offeredVersion(candidate, need);
			return version === undefined ? [] : [{id: candidate.id, version, obstacle: candidate.obstacle}];
		}),
	);
	const fitting = offers.filter(({version}) => fits(version, need.range));
	const best = fitting.find(({obstacle}) => obstacle === undefined);
	if (best !== undefined) {
		return {...need, metBy: best.id};
	}

	const [unable] = fitting;
	if (unable !== undefined) {
		return {...need, problem: `\`${unable.id}\` ${need.kind === 'service' ? 'offers it but ' : ''}${unable.obstacle}`};
	}

	const [other] = offers;
	const problem =
		other === undefined
			? need.kind === 'service'
				? 'no plugin offers it'
				: 'it is not installed'
			: need.kind === 'service'
				? `\`${other.id}\` offers version ${other.version}`
				: `it is installed in version ${other.version}`;
	return {...need, problem};
}
