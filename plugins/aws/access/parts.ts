import {FailureError, type ListPage} from 'cws/sdk';
import {ask} from '../clients/ask.ts';
import {type AwsState} from '../state.ts';
import {type Account, type Accounts} from './accounts.ts';
import {isGuarded, reasonAgainst} from './guard.ts';

/** One region seen through one account: what is asked on its own. */
export type Part = {readonly account: Account; readonly region: string};

export type Missing = NonNullable<ListPage['missing']>[number];

export type Parts = {readonly parts: readonly Part[]; readonly missing: readonly Missing[]};

/** All that has to be asked for a list. Two profiles of one account are one: what they show is the same. */
export async function partsOf(state: AwsState, signal: AbortSignal): Promise<Parts> {
	const found = await state.accounts();
	const {kept, missing} = await distinct(state, found, signal);
	const answers = await Promise.all(
		kept.map(async account => {
			try {
				return {parts: (await regionsOf(state, account, signal)).map(region => ({account, region})), missing: []};
			} catch (error) {
				signal.throwIfAborted();
				return {parts: [], missing: [missingPart(account.name, undefined, error)]};
			}
		}),
	);
	return {
		parts: answers.flatMap(({parts}) => parts),
		missing: [
			...found.skipped.flatMap(({name, reason, fix, isAskedFor}) =>
				isAskedFor ? [{account: name, reason, ...(fix !== undefined && {fix})}] : [],
			),
			...missing,
			...answers.flatMap(({missing}) => missing),
		],
	};
}

async function distinct(
	state: AwsState,
	{accounts}: Accounts,
	signal: AbortSignal,
): Promise<{readonly kept: readonly Account[]; readonly missing: readonly Missing[]}> {
	// With one way in there is nothing to compare, and its first answer need not wait for another.
	if (accounts.length < 2 && !isGuarded(state.config)) {
		return {kept: accounts, missing: []};
	}

	const answers = await Promise.all(
		accounts.map(async account => {
			try {
				return {account, identity: await state.identities.of(account, signal)};
			} catch (error) {
				signal.throwIfAborted();
				return {account, error};
			}
		}),
	);
	const seen = new Set<string>();
	const kept: Account[] = [];
	const missing: Missing[] = [];
	for (const {account, identity, error} of answers) {
		if (identity === undefined) {
			missing.push(missingPart(account.name, undefined, error));
		} else if (!seen.has(identity.accountId) && reasonAgainst(identity, state.config) === undefined) {
			seen.add(identity.accountId);
			kept.push(account);
		}
	}

	return {kept, missing};
}

/** The regions of an account that are looked at. */
export async function regionsOf(state: AwsState, account: Account, signal: AbortSignal): Promise<readonly string[]> {
	const {regions} = state.config;
	if (!regions.includes('all')) {
		return regions.length === 0 ? [account.region] : [...new Set(regions)];
	}

	const before = state.regions.get(account.name);
	if (before !== undefined) {
		return before;
	}

	const {DescribeRegionsCommand} = await import('../clients/ec2.ts');
	const answer = await ask({account, region: account.region, doing: 'list its regions'}, signal, async () =>
		(await state.clients.ec2(account, account.region)).send(new DescribeRegionsCommand({}), {abortSignal: signal}),
	);
	const names = (answer.Regions ?? []).flatMap(({RegionName}) => RegionName ?? []).toSorted();
	state.regions.set(account.name, names);
	return names;
}

/** A part that did not answer, as a list tells it. */
export function missingPart(account: string, region: string | undefined, error: unknown): Missing {
	if (!(error instanceof FailureError)) {
		throw error;
	}

	const {code, cause, message, fix} = error.failure;
	return {
		account,
		...(region !== undefined && {region}),
		reason: cause ?? message,
		...(code === 'CWS_NEEDS_LOGIN' && {needsLogin: true}),
		...(fix !== undefined && {fix}),
	};
}
