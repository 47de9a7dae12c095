import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {type CallContext, type ListPage, type ProviderResource, type ResourceTarget} from 'cws/sdk';
import {type AwsConfig} from '../config.ts';
import {createProvider} from '../provider.ts';
import {type AwsState, createState} from '../state.ts';
import {collect} from './collect.ts';
import {type QueryServer, startQueryServer} from './query-server.ts';

export const defaultConfig: AwsConfig = {
	profiles: [],
	regions: [],
	allowAccounts: [],
	denyAccounts: [],
	accountNames: {},
	instanceRole: false,
	regionSeconds: 20,
	connect: 'auto',
	// Tests count calls.
	livePrices: false,
};

export const quiet = {debug() {}, info() {}, warn() {}, error() {}};

export const call = (signal: AbortSignal = new AbortController().signal): CallContext => ({signal, progress() {}});

export type AwsForTest = {
	readonly server: QueryServer;
	readonly state: AwsState;
	readonly provider: ReturnType<typeof createProvider>;
	readonly rows: (type?: string) => Promise<readonly ProviderResource[]>;
	readonly pages: (type?: string) => Promise<readonly ListPage[]>;
	/** Replaces `~/.aws/config`. */
	readonly write: (file: string) => void;
	readonly target: (id: string, more?: Partial<ResourceTarget>) => ResourceTarget;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

export type WorldForTest = {
	readonly config?: Partial<AwsConfig>;
	/** Contents of `~/.aws/config`. */
	readonly file?: string;
	readonly env?: Readonly<Record<string, string>>;
	/** Where prices are kept. */
	readonly cache?: string;
	readonly now?: () => number;
};

/** A profile with keys, as the shared config has it. */
export const profileText = (name: string, key = 'AKIATEST', more = ''): string =>
	`[${name === 'default' ? 'default' : `profile ${name}`}]\naws_access_key_id = ${key}\naws_secret_access_key = secret\n${more}\n`;

/** The plugin without its host, over the small cloud. */
export async function awsForTest({
	config,
	file = profileText('default'),
	env = {},
	cache,
	now = Date.now,
}: WorldForTest = {}): Promise<AwsForTest> {
	const home = mkdtempSync(path.join(tmpdir(), 'cws-aws-'));
	const files = {AWS_CONFIG_FILE: path.join(home, 'config'), AWS_SHARED_CREDENTIALS_FILE: path.join(home, 'credentials')};
	writeFileSync(files.AWS_CONFIG_FILE, file);
	// The SDK reads these by itself.
	Object.assign(process.env, files, {AWS_EC2_METADATA_DISABLED: 'true'});
	const server = await startQueryServer();
	const state = createState({
		config: {...defaultConfig, endpoint: server.url, ...config},
		world: {env: {PATH: '/nowhere', ...files, ...env}, now},
		log: quiet,
		delayMs: 0,
		...(cache !== undefined && {cache}),
	});
	const provider = createProvider(() => state);
	const pages = async (type = 'vm') => collect(provider.list({provider: 'aws', type}, call()));
	return {
		server,
		state,
		provider,
		pages,
		write(file) {
			writeFileSync(files.AWS_CONFIG_FILE, file);
		},
		rows: async type => (await pages(type)).flatMap(({resources}) => resources),
		target: (id, more) => ({provider: 'aws', type: 'vm', id, name: id, ...more}),
		async [Symbol.asyncDispose]() {
			state.livePrices.close();
			state.clients.close();
			await server[Symbol.asyncDispose]();
			rmSync(home, {recursive: true, force: true});
		},
	};
}
