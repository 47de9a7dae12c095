import {type Agent} from 'node:https';
import {type EC2Client} from '@aws-sdk/client-ec2';
import {type RDSClient} from '@aws-sdk/client-rds';
import {type STSClient, type STSClientConfig} from '@aws-sdk/client-sts';
import {type Account} from '../access/accounts.ts';
import {agentFor} from './authorities.ts';

/** Clients by account and region, made when they are first needed and kept. */
export type Clients = {
	readonly ec2: (account: Account, region: string) => Promise<EC2Client>;
	readonly rds: (account: Account, region: string) => Promise<RDSClient>;
	readonly sts: (account: Account) => Promise<STSClient>;
	/** The credentials as they are now; renewed by themselves where that needs nobody. */
	readonly credentials: (account: Account) => Promise<{readonly accessKeyId: string; readonly expiration?: Date}>;
	readonly close: () => void;
};

type Logger = NonNullable<STSClientConfig['logger']>;

type Closable = {readonly destroy: () => void};

const connectMs = 5000;
const answerMs = 30_000;
// What is throttled is tried again after 0.5 to 20 s, longer each time.
const attempts = 4;

export function createClients(): Clients {
	const made = new Map<string, Promise<Closable>>();
	const providers = new Map<string, Promise<CredentialProvider>>();

	const provider = async (account: Account): Promise<CredentialProvider> =>
		keep(providers, keyOf(account), async () => {
			forgetOld(account);
			const {defaultProvider} = await import('./credentials.ts');
			const requestHandler = await handlerOf(account);
			return defaultProvider({
				...(account.profile !== undefined && {profile: account.profile}),
				logger: silent,
				clientConfig: {region: account.region, requestHandler},
				// Roles are taken with the same limits and authorities.
				parentClientConfig: {region: account.region, requestHandler},
				ignoreCache: true,
			});
		});

	const client = async <Client extends Closable>(
		service: string,
		account: Account,
		region: string,
		create: (options: Awaited<ReturnType<typeof optionsOf>>) => Promise<Client>,
	): Promise<Client> =>
		keep(made, `${keyOf(account)}\0${service}\0${region}`, async () =>
			create(optionsOf(await provider(account), region, {endpoint: account.endpointOf(service), requestHandler: await handlerOf(account)})),
		) as Promise<Client>;

	// What was made with an older state of the shared config.
	const forgetOld = (account: Account) => {
		const isOld = (key: string) => key.startsWith(`${account.name}\0`) && !`${key}\0`.startsWith(`${keyOf(account)}\0`);
		for (const key of [...providers.keys()].filter(key => isOld(key))) {
			providers.delete(key);
		}

		for (const [key, client] of [...made].filter(([key]) => isOld(key))) {
			made.delete(key);
			destroyed(client);
		}
	};

	return {
		ec2: async (account, region) => client('ec2', account, region, async options => new (await import('./ec2.ts')).EC2Client(options)),
		rds: async (account, region) => client('rds', account, region, async options => new (await import('./rds.ts')).RDSClient(options)),
		sts: async account => client('sts', account, account.region, async options => new (await import('./sts.ts')).STSClient(options)),
		credentials: async account => (await provider(account))(),
		close() {
			for (const client of made.values()) {
				destroyed(client);
			}

			made.clear();
			providers.clear();
		},
	};
}

const keyOf = ({name, version}: Account): string => `${name}\0${version}`;

type CredentialProvider = () => Promise<{readonly accessKeyId: string; readonly secretAccessKey: string; readonly expiration?: Date}>;

// Without `info`: for it the SDK would copy each answer as a whole, to hide what is secret in it.
const silent = {debug() {}, warn() {}, error() {}} as unknown as Logger;

type RequestHandler = {
	readonly connectionTimeout: number;
	readonly requestTimeout: number;
	readonly throwOnRequestTimeout: boolean;
	readonly httpsAgent?: Agent;
};

async function handlerOf({authorities}: Account): Promise<RequestHandler> {
	const httpsAgent = await agentFor(authorities);
	return {
		connectionTimeout: connectMs,
		requestTimeout: answerMs,
		throwOnRequestTimeout: true,
		...(httpsAgent !== undefined && {httpsAgent}),
	};
}

function optionsOf(
	credentials: CredentialProvider,
	region: string,
	{endpoint, requestHandler}: {readonly endpoint: string | undefined; readonly requestHandler: RequestHandler},
) {
	return {
		credentials,
		region,
		maxAttempts: attempts,
		retryMode: 'standard',
		requestHandler,
		logger: silent,
		// Addresses are decided by the account, not by whatever profile happens to be active.
		ignoreConfiguredEndpointUrls: true,
		...(endpoint !== undefined && {endpoint}),
	};
}

// What could not be made is not kept: the next call tries again.
async function keep<Value>(kept: Map<string, Promise<Value>>, key: string, make: () => Promise<Value>): Promise<Value> {
	const before = kept.get(key);
	if (before !== undefined) {
		return before;
	}

	const value = make();
	kept.set(key, value);
	value.catch(() => kept.delete(key));
	return value;
}

function destroyed(client: Promise<Closable>): void {
	client.then(
		client => {
			client.destroy();
		},
		() => undefined,
	);
}
