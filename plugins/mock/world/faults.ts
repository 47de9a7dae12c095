import {type ListPage, type ProviderResource, providerError} from 'cws/sdk';
import {type Random} from './random.ts';

/** What goes wrong, and when. */
export type Faults = {
	/** Throws when the provider does not answer this list. */
	readonly beforeList: (provider: string, type: string) => void;
	/** Throws when the provider does not let anyone in. */
	readonly beforeCall: (provider: string) => void;
	/** Parts that do not answer to this list; their rows are missing from it. */
	readonly missing: (provider: string, type: string) => NonNullable<ListPage['missing']>;
	/** Malformed entries in this list. */
	readonly skipped: (provider: string) => number;
	/** Throws when the provider has no room for one more. */
	readonly beforeDeploy: (provider: string, size: string, region: string | undefined) => void;
	/** Accepts operations and ignores them. */
	readonly isStubborn: (resource: ProviderResource) => boolean;
};

const silent = {account: 'lab', region: 'ap-southeast-2', reason: 'no answer within 5 s'} as const;

export const noFaults: Faults = {
	beforeList: () => {},
	beforeCall: () => {},
	missing: () => [],
	skipped: () => 0,
	beforeDeploy: () => {},
	isStubborn: () => false,
};

export function createFaults(random: Random): Faults {
	// How often each type was listed: first answers are good, so that there are rows that can become stale.
	const lists = new Map<string, number>();
	const listsOf = (provider: string, type: string) => lists.get(`${provider}/${type}`) ?? 0;

	const needLogin = (provider: string) => {
		if (provider === 'altocloud' && lists.has(`${provider}/vm`)) {
			throw providerError('CWS_NEEDS_LOGIN', {
				message: '`altocloud` does not accept the credentials.',
				cause: 'the session ended',
				fix: 'run `altocloud login` (in the demo it would not help)',
			});
		}
	};

	return {
		beforeCall: needLogin,
		beforeList(provider, type) {
			needLogin(provider);
			const count = listsOf(provider, type) + 1;
			lists.set(`${provider}/${type}`, count);
			if (count > 1 && provider === 'nimbus' && random() < 0.2) {
				throw providerError('CWS_THROTTLED', {
					message: '`nimbus` limits the rate of requests.',
					cause: 'RequestLimitExceeded',
					retryable: true,
					details: {retryAfterMs: 4000},
				});
			}
		},
		missing: (provider, type) => (provider === 'nimbus' && listsOf(provider, type) > 1 ? [silent] : []),
		skipped: provider => (provider === 'dockyard' ? 2 : 0),
		beforeDeploy(provider, size, region) {
			if (provider === 'nimbus' && random() < 0.2) {
				throw providerError('CWS_PROVIDER_FAILED', {
					message: `\`nimbus\` has no \`${size}\` left in ${region ?? 'this region'}.`,
					cause: 'InsufficientInstanceCapacity',
					fix: 'choose another region or size, or try again later',
					retryable: true,
				});
			}
		},
		isStubborn: ({name}) => name === 'old-notebook',
	};
}
