import {providerError} from 'cws/sdk';
import {type AwsConfig} from '../config.ts';
import {type Account} from './accounts.ts';
import {type Identities, type Identity} from './identity.ts';

type Lists = Pick<AwsConfig, 'allowAccounts' | 'denyAccounts'>;

export const isGuarded = ({allowAccounts, denyAccounts}: Lists): boolean => allowAccounts.length + denyAccounts.length > 0;

/** Why an account may not be used; undefined when it may. */
export function reasonAgainst({accountId}: Identity, {allowAccounts, denyAccounts}: Lists): string | undefined {
	return denyAccounts.includes(accountId)
		? `account ${accountId} is in \`plugins.aws.denyAccounts\``
		: allowAccounts.length > 0 && !allowAccounts.includes(accountId)
			? `account ${accountId} is not in \`plugins.aws.allowAccounts\``
			: undefined;
}

/**
Refuses an account that the configuration does not allow. Who it is is asked of AWS itself each time credentials changed, so that a
profile that was pointed elsewhere is noticed. Without lists nothing is asked.
*/
export async function assertAllowed(account: Account, config: Lists, identities: Identities, signal: AbortSignal): Promise<void> {
	if (!isGuarded(config)) {
		return;
	}

	const reason = reasonAgainst(await identities.of(account, signal), config);
	if (reason !== undefined) {
		throw providerError('CWS_DENIED', {
			message: `\`${account.name}\` is not to be used.`,
			cause: reason,
			fix: 'use another profile, or change the list',
		});
	}
}
