import {FailureError, providerError, type ResourceTarget} from 'cws/sdk';
import {type Part, partsOf} from './access/parts.ts';
import {type AwsState} from './state.ts';

export const notFound = ({type, name, id}: ResourceTarget): Error =>
	providerError('CWS_NOT_FOUND', {message: `There is no ${type} \`${(name || id).slice(0, 100)}\` any more.`, fix: 'refresh'});

/**
Asks every region that may have a target, and gives the first that has it. A region that fails leaves it open whether the target is
there, so that is told instead of "gone".
*/
export async function findIn<Found>(
	state: AwsState,
	target: ResourceTarget,
	signal: AbortSignal,
	look: (part: Part) => Promise<Found | undefined>,
): Promise<Found | undefined> {
	const parts = await partsFor(state, target, signal);
	const answers = await Promise.all(
		parts.map(async part => {
			try {
				return {found: await look(part)};
			} catch (error) {
				if (error instanceof FailureError && error.failure.code === 'CWS_NOT_FOUND') {
					return {};
				}

				return {error};
			}
		}),
	);
	const found = answers.find(answer => answer.found !== undefined)?.found;
	const failed = answers.find(answer => answer.error !== undefined);
	if (found === undefined && failed !== undefined) {
		throw failed.error;
	}

	return found;
}

async function partsFor(state: AwsState, {account: name, region}: ResourceTarget, signal: AbortSignal): Promise<readonly Part[]> {
	if (name !== undefined && region !== undefined) {
		const {accounts, skipped} = await state.accounts();
		const account = accounts.find(account => account.name === name);
		if (account === undefined) {
			throw providerError('CWS_NEEDS_LOGIN', {
				message: `There is no usable profile \`${name}\` any more.`,
				cause: skipped.find(one => one.name === name)?.reason ?? 'the shared config does not have it',
				fix: 'put it back into ~/.aws/config, or refresh',
			});
		}

		return [{account, region}];
	}

	const {parts, missing} = await partsOf(state, signal);
	const fits = parts.filter(part => (name === undefined || part.account.name === name) && (region === undefined || part.region === region));
	// It may be where nobody could look.
	if (fits.length === 0 && missing.length > 0) {
		const [first] = missing;
		throw providerError(first!.needsLogin ? 'CWS_NEEDS_LOGIN' : 'CWS_PROVIDER_UNAVAILABLE', {
			message: `\`${first!.account}\` cannot be asked.`,
			cause: first!.reason,
			...(first!.fix !== undefined && {fix: first!.fix}),
		});
	}

	return fits;
}
