import {createHash} from 'node:crypto';
import {type AwsConfig, type World} from '../config.ts';
import {readSharedConfig, type Section, type SharedConfig} from './shared-config.ts';

/** How its credentials come about; decides what a person is told to do when they do not work. */
export type CredentialKind = 'sso' | 'login' | 'role' | 'process' | 'web identity' | 'keys' | 'environment' | 'machine';

/** One way into AWS: a profile, the environment, or the role of this machine. */
export type Account = {
	/** The profile's name, `environment` or `machine`. */
	readonly name: string;
	readonly kind: CredentialKind;
	readonly profile?: string;
	readonly region: string;
	readonly isActive: boolean;
	/** Changes when the shared config does, so that new keys are used at once. */
	readonly version: string;
	/** What its login by SSO is kept under: the name of the session, or the address of the portal. */
	readonly ssoSession?: string;
	/** A file of certificates that are trusted beside those of Node. */
	readonly authorities?: string;
	/** Addresses of services that replace AWS's own. */
	readonly endpointOf: (service: string) => string | undefined;
};

export type Accounts = {
	/** The active one first, then by name. */
	readonly accounts: readonly Account[];
	/** Profiles that are there and are not used, each with the reason. */
	readonly skipped: readonly Skipped[];
};

export type Skipped = {
	readonly name: string;
	readonly reason: string;
	/** Named in the configuration or by `AWS_PROFILE`: that it is not used has to be told. */
	readonly isAskedFor: boolean;
	readonly fix?: string;
};

const firstRegion = 'us-east-1';

export async function findAccounts(config: AwsConfig, world: World): Promise<Accounts> {
	const shared = await readSharedConfig(world.env);
	const {env} = world;
	const active = env['AWS_PROFILE'] ?? env['AWS_DEFAULT_PROFILE'] ?? 'default';
	const version = createHash('sha256')
		.update(JSON.stringify([...shared.profiles]))
		.digest('base64url')
		.slice(0, 12);
	const accounts: Account[] = [];
	const skipped: Skipped[] = [];
	const isNamed = env['AWS_PROFILE'] !== undefined;
	const environment = isNamed ? undefined : environmentKind(env);
	const outside = environment ?? (config.instanceRole ? 'machine' : undefined);
	if (outside !== undefined && (config.profiles.length === 0 || config.profiles.includes(outside))) {
		accounts.push({
			name: outside,
			kind: outside,
			region: env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? shared.profiles.get('default')?.['region'] ?? firstRegion,
			isActive: true,
			version,
			...authoritiesOf(shared.profiles.get('default') ?? {}, env),
			endpointOf: service => endpointOf(service, shared.profiles.get('default') ?? {}, {shared, config, env}),
		});
	}

	const names =
		config.profiles.length === 0
			? [...new Set([...shared.profiles.keys(), ...(isNamed ? [active] : [])])]
			: config.profiles.filter(name => name !== outside);
	for (const name of names) {
		const section = shared.profiles.get(name);
		const isAskedFor = config.profiles.includes(name) || (isNamed && name === active);
		const kind = section === undefined ? undefined : kindOf(section);
		const why = reasonToSkip(name, section, {kind, isMeant: isAskedFor || name === active});
		if (why === undefined) {
			const session = section!['sso_session'] ?? section!['sso_start_url'];
			accounts.push({
				name,
				kind: kind!,
				profile: name,
				region: section!['region'] ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? firstRegion,
				version,
				isActive: accounts.every(account => !account.isActive) && name === active,
				...(kind === 'sso' && session !== undefined && {ssoSession: session}),
				...authoritiesOf(section!, env),
				endpointOf: service => endpointOf(service, section!, {shared, config, env}),
			});
		} else if (isAskedFor || kind !== undefined) {
			skipped.push({name, isAskedFor, ...why});
		}
	}

	return {
		accounts: accounts.toSorted((a, b) => Number(b.isActive) - Number(a.isActive) || a.name.localeCompare(b.name)),
		skipped,
	};
}

function environmentKind(env: World['env']): 'environment' | undefined {
	return (env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY']) ||
		(env['AWS_WEB_IDENTITY_TOKEN_FILE'] && env['AWS_ROLE_ARN']) ||
		env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'] ||
		env['AWS_CONTAINER_CREDENTIALS_FULL_URI']
		? 'environment'
		: undefined;
}

function kindOf(section: Section): CredentialKind | undefined {
	return section['role_arn'] !== undefined && section['web_identity_token_file'] !== undefined
		? 'web identity'
		: section['role_arn'] !== undefined
			? 'role'
			: section['sso_session'] !== undefined || section['sso_start_url'] !== undefined
				? 'sso'
				: section['login_session'] !== undefined
					? 'login'
					: section['aws_access_key_id'] !== undefined
						? 'keys'
						: section['credential_process'] !== undefined
							? 'process'
							: undefined;
}

type Why = Pick<Skipped, 'reason' | 'fix'>;

// A poll must not ask for a code, nor run a program that nobody meant to be run every half minute.
function reasonToSkip(
	name: string,
	section: Section | undefined,
	{kind, isMeant}: {readonly kind: CredentialKind | undefined; readonly isMeant: boolean},
): Why | undefined {
	if (section === undefined) {
		return {reason: 'there is no such profile in the shared config', fix: 'see `aws configure list-profiles`'};
	}

	if (kind === undefined) {
		return {reason: 'it has no credentials'};
	}

	if (section['mfa_serial'] !== undefined) {
		return {reason: 'it asks for a code of a device (`mfa_serial`), which cws cannot answer', fix: codeFix(name)};
	}

	return kind === 'process' && !isMeant ? {reason: 'it runs a program; name it in `plugins.aws.profiles` to use it'} : undefined;
}

/** What somebody does whose profile asks for a code: the AWS CLI asks for it once, and cws works with what it gives. */
export function codeFix(profile: string): string {
	const name = /^[\w.@-]+$/.test(profile) ? profile : `'${profile.replaceAll("'", String.raw`'\''`)}'`;
	return `run \`eval "$(aws configure export-credentials --profile ${name} --format env)"\`, which asks for the code, and start cws in that shell without AWS_PROFILE`;
}

function authoritiesOf(section: Section, env: World['env']): Pick<Account, 'authorities'> {
	const file = env['AWS_CA_BUNDLE'] ?? section['ca_bundle'];
	return file === undefined || file === '' ? {} : {authorities: file};
}

function endpointOf(
	service: string,
	section: Section,
	{shared, config, env}: {readonly shared: SharedConfig; readonly config: AwsConfig; readonly env: World['env']},
): string | undefined {
	if (config.endpoint !== undefined) {
		return config.endpoint;
	}

	const isIgnored = (value: string | undefined) => value?.toLowerCase() === 'true';
	if (isIgnored(env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'])) {
		return undefined;
	}

	const fromEnvironment = env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? env['AWS_ENDPOINT_URL'];
	if (fromEnvironment !== undefined || isIgnored(section['ignore_configured_endpoint_urls'])) {
		return fromEnvironment;
	}

	const services = section['services'];
	return shared.sections[`services.${services}`]?.[`${service}.endpoint_url`] ?? section['endpoint_url'];
}
