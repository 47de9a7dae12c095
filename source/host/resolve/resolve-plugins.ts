import {failure, type Failure} from '../../core/failure/failure.ts';
import {type Requirement} from '../../core/plugin-parts.ts';
import {byPrecedence, type Candidate} from './candidate.ts';
import {brokenFailure} from './broken-failure.ts';
import {meetNeeds} from './meet-needs.ts';
import {nameOf} from './name-of.ts';
import {circleOf, type Edges, orderOf} from './order.ts';

export type Resolution = {
	/** Ids in the order they start in; those that cannot are left out. */
	readonly order: readonly string[];
	readonly requirements: ReadonlyMap<string, readonly Requirement[]>;
	/** Why a plugin cannot start whatever it does itself. */
	readonly problems: ReadonlyMap<string, Failure>;
};

/** Loaded as one when the first plugin names another: reading versions takes longer than everything else before the first frame. */
export type Resolver = {readonly resolve: (candidates: readonly Candidate[]) => Resolution; readonly byPrecedence: typeof byPrecedence};

export const resolver: Resolver = {resolve: candidates => resolvePlugins(candidates), byPrecedence};

/** Who needs whom, in which order they start, and who cannot start for want of another. */
export function resolvePlugins(candidates: readonly Candidate[]): Resolution {
	const ids = candidates.map(({id}) => id);
	const requirements = meetNeeds(candidates);
	const edges = (isOptional: boolean): Edges =>
		new Map(
			ids.map(id => [
				id,
				new Set(
					(requirements.get(id) ?? []).filter(need => need.isOptional === isOptional && need.metBy !== undefined).map(({metBy}) => metBy!),
				),
			]),
		);
	const required = edges(false);
	const {order, left} = orderOf(ids, required, edges(true));
	const problems = new Map<string, Failure>();
	for (const id of left) {
		const circle = circleOf(id, required);
		if (circle !== undefined) {
			problems.set(id, circularFailure(id, circle));
		}
	}

	// In order, so that the reason of one is known when those behind it are looked at; those behind a circle come last.
	for (const id of [...order, ...behindCircles(left, required, problems)]) {
		const unmet = requirements.get(id)?.find(({isOptional, problem}) => !isOptional && problem !== undefined);
		const broken = requirements.get(id)?.find(({isOptional, metBy}) => !isOptional && metBy !== undefined && problems.has(metBy));
		if (unmet !== undefined) {
			problems.set(id, unmetFailure(id, unmet));
		} else if (broken !== undefined) {
			problems.set(id, brokenFailure(id, broken, problems.get(broken.metBy!)!));
		}
	}

	return {order: order.filter(id => !problems.has(id)), requirements, problems};
}

function behindCircles(left: readonly string[], required: Edges, problems: ReadonlyMap<string, Failure>): readonly string[] {
	const behind = left.filter(id => !problems.has(id));
	return orderOf(behind, required, new Map()).order;
}

const circularFailure = (id: string, circle: readonly string[]): Failure =>
	failure('CWS_PLUGIN_DEPENDENCY', {
		message: `The plugin \`${id}\` needs itself: ${[...circle, circle[0]!].map(name => `\`${name}\``).join(' → ')}.`,
		fix: 'One of them has to name the other in `optionalRequires` instead.',
		details: {circle},
	});

const unmetFailure = (id: string, need: Requirement): Failure =>
	failure('CWS_PLUGIN_DEPENDENCY', {
		message: `The plugin \`${id}\` needs ${nameOf(need)}.`,
		...(need.problem !== undefined && {cause: `${need.problem}.`}),
		fix: 'Install or enable a plugin that offers it.',
		details: {needs: need.name, range: need.range},
	});
