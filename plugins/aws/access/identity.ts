import {providerError} from 'cws/sdk';
import {ask} from '../clients/ask.ts';
import {type AwsConfig} from '../config.ts';
import {type Clients} from '../clients/clients.ts';
import {askAlias} from './account-alias.ts';
import {type Account} from './accounts.ts';

/** Whom AWS knows these credentials as. */
export type Identity = {
	/** Twelve digits. */
	readonly accountId: string;
	/** What the person calls it in `plugins.aws.accountNames`, or the alias it has at AWS. */
	readonly alias?: string;
	readonly arn?: string;
};

export type Identities = {
	/** Asked once for each set of credentials. */
	readonly of: (account: Account, signal: AbortSignal) => Promise<Identity>;
	/** The same with the account's alias, which is one question more; for dialogs. */
	readonly named: (account: Account, signal: AbortSignal) => Promise<Identity>;
	/** What an account is called, as far as that was learnt. */
	readonly aliasOf: (accountId: string | undefined) => string | undefined;
	/** The answer of before, where there was one. */
	readonly known: (account: Account) => Identity | undefined;
};

export function createIdentities(clients: Clients, config: Pick<AwsConfig, 'accountNames'>): Identities {
	const known = new Map<string, {readonly key: string; readonly identity: Identity}>();
	const aliases = new Map<string, string | undefined>(Object.entries(config.accountNames));
	const identities: Identities = {
		async of(account, signal) {
			return ask({account, region: account.region, doing: 'say whose credentials these are'}, signal, async () => {
				const {accessKeyId: key} = await clients.credentials(account);
				const before = known.get(account.name);
				if (before?.key === key) {
					return before.identity;
				}

				const [{GetCallerIdentityCommand}, sts] = await Promise.all([import('../clients/sts.ts'), clients.sts(account)]);
				const {Account: accountId = '', Arn: arn} = await sts.send(new GetCallerIdentityCommand({}), {abortSignal: signal});
				if (!/^\d{12}$/.test(accountId)) {
					throw providerError('CWS_PROVIDER_FAILED', {message: `AWS did not say which account \`${account.name}\` is.`});
				}

				const alias = aliases.get(accountId);
				const identity = {accountId, ...(alias !== undefined && {alias}), ...(arn !== undefined && {arn})};
				known.set(account.name, {key, identity});
				return identity;
			});
		},
		async named(account, signal) {
			const identity = await identities.of(account, signal);
			const {accountId} = identity;
			if (!aliases.has(accountId)) {
				aliases.set(accountId, await askAlias(clients, account, signal));
			}

			const alias = aliases.get(accountId);
			return {...identity, ...(alias !== undefined && {alias})};
		},
		aliasOf: accountId => aliases.get(accountId ?? ''),
		known: ({name}) => known.get(name)?.identity,
	};
	return identities;
}

/** `prod (123456789012)`. */
export const formatIdentity = ({accountId, alias}: Identity): string => (alias === undefined ? accountId : `${alias} (${accountId})`);
