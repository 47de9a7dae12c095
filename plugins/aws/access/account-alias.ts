import {type Clients} from '../clients/clients.ts';
import {formHeaders, signedPost} from '../clients/signed-post.ts';
import {type Account} from './accounts.ts';

const answerBytes = 65_536;

/** The alias an administrator gave the account, for example `company-prod`; undefined when it has none or may not be asked for. */
export async function askAlias(clients: Clients, account: Account, signal: AbortSignal): Promise<string | undefined> {
	try {
		const {address, signingRegion} = placeOf(account);
		const {status, text} = await signedPost(
			clients,
			account,
			{
				url: account.endpointOf('iam') ?? address,
				service: 'iam',
				signingRegion,
				headers: formHeaders,
				body: 'Action=ListAccountAliases&Version=2010-05-08',
				mostBytes: answerBytes,
			},
			signal,
		);
		return status === 200 ? /<member>([a-z0-9](?:[a-z0-9-]{1,61}[a-z0-9]))<\/member>/.exec(text)?.[1] : undefined;
	} catch {
		// A name is a comfort; the id of the account is what counts.
		return undefined;
	}
}

// IAM has one address for each part of the world that is an AWS of its own.
function placeOf({region}: Account): {readonly address: string; readonly signingRegion: string} {
	return region.startsWith('cn-')
		? {address: 'https://iam.cn-north-1.amazonaws.com.cn/', signingRegion: 'cn-north-1'}
		: region.startsWith('us-gov-')
			? {address: 'https://iam.us-gov.amazonaws.com/', signingRegion: 'us-gov-west-1'}
			: {address: 'https://iam.amazonaws.com/', signingRegion: 'us-east-1'};
}
