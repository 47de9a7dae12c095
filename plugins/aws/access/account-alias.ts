import {type Clients} from '../clients/clients.ts';
import {type Account} from './accounts.ts';

const answerBytes = 65_536;

/**
The alias an administrator gave the account, for example `company-prod`; undefined when it has none or may not be asked for. It is
one call of IAM in the protocol of STS, signed and sent by the client of STS, so that no client of its own has to be loaded.
*/
export async function askAlias(clients: Clients, account: Account, signal: AbortSignal): Promise<string | undefined> {
	try {
		const [{HttpRequest}, {config}] = await Promise.all([import('../clients/http-request.ts'), clients.sts(account)]);
		const {address, signingRegion} = placeOf(account);
		const url = new URL(account.endpointOf('iam') ?? address);
		const request = new HttpRequest({
			method: 'POST',
			protocol: url.protocol,
			hostname: url.hostname,
			...(url.port !== '' && {port: Number(url.port)}),
			path: url.pathname,
			headers: {host: url.host, 'content-type': 'application/x-www-form-urlencoded'},
			body: 'Action=ListAccountAliases&Version=2010-05-08',
		});
		const signer = await config.signer({name: 'sigv4', signingName: 'iam', signingRegion, properties: {}});
		const signed = await signer.sign(request, {signingService: 'iam', signingRegion});
		const {response} = await config.requestHandler.handle(signed as InstanceType<typeof HttpRequest>, {abortSignal: signal});
		const bytes = await config.streamCollector(response.body);
		const text = new TextDecoder().decode(bytes.subarray(0, answerBytes));
		return response.statusCode === 200 ? /<member>([a-z0-9](?:[a-z0-9-]{1,61}[a-z0-9]))<\/member>/.exec(text)?.[1] : undefined;
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
