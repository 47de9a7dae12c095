import {type ListPage, type ProviderResource, providerError} from 'cws/sdk';
import {type Random} from './random.ts';

/** What goes wrong, and when. */
export type Faults = {
	/** Throws when the provider does not answer this list. */
	readonly beforeList: (provider: string, type: string) => void;
	/** Throws when the provider does not let anyone in. */
	readonly beforeCall: (provider: string) => void;
	/** Parts that do not answer; their rows are missing from the list. */
	readonly missing: (provider: string) => NonNullable<ListPage['missing']>;
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
	const answered = new Set<string>();

	const needLogin = (provider: string) => {
		if (provider === 'altocloud' && answered.has(provider)) {
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
			// The first answer is good, so that there are rows that can become stale.
			needLogin(provider);
			const isFirst = !answered.has(`${provider}/${type}`);
			answered.add(`${provider}/${type}`).add(provider);
			if (!isFirst && provider === 'nimbus' && random() < 0.2) {
				throw providerError('CWS_THROTTLED', {
					message: '`nimbus` limits the rate of requests.',
					cause: 'RequestLimitExceeded',
					retryable: true,
					details: {retryAfterMs: 4000},
				});
			}
		},
		missing: provider => (provider === 'nimbus' ? [silent] : []),
		skipped: provider => (provider === 'dockyard' ? 2 : 0),
		beforeDeploy(provider, size, region) {
			if (provider === 'nimbus' && random() < 0.25) {
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
