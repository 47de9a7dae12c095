import {contract, fakeApi, providerTest} from './provider-tests.ts';
import {json, manifestBase, type ScaffoldFiles, type ScaffoldNames} from './shared-files.ts';

/** A provider of servers behind an HTTP API with a token. */
export const providerFiles = (names: ScaffoldNames): ScaffoldFiles => ({
	'plugin.json': json({
		...manifestBase(names, `Servers of ${names.title}`),
		kind: 'provider',
		permissions: {
			http: [{hosts: ['api.example.com'], reason: 'The API the servers are read from and made with'}],
			secrets: [{name: 'token', title: 'API token', inject: {header: 'authorization', template: 'Bearer {}'}}],
		},
		config: {
			type: 'object',
			properties: {endpoint: {type: 'string', title: 'Address of the API', default: 'https://api.example.com/v1'}},
		},
		contributes: {
			resourceTypes: [
				{
					type: 'vm',
					operations: ['deploy', 'list', 'get', 'start', 'stop', 'destroy'],
					form: {type: 'object', properties: {image: {type: 'string', title: 'Image', default: 'debian-13'}}, additionalProperties: false},
					sizes: [
						{name: 'small', cpus: 1, memoryMb: 2048},
						{name: 'large', cpus: 4, memoryMb: 8192},
					],
				},
			],
		},
	}),
	'index.ts': providerCode,
	'test/fake-api.ts': fakeApi,
	'test/index.test.ts': providerTest,
	'test/contract.ts': contract,
});

const providerCode = `import {
	amount,
	definePlugin,
	type DeploySpec,
	type Estimate,
	type Http,
	type OperationResult,
	type ProviderResource,
	providerError,
	type ResourceStatus,
	type ResourceTarget,
	type CallContext,
} from 'cws/sdk';

type Server = {readonly id: string; readonly name: string; readonly state: string; readonly size?: string; readonly created?: string};

// Their words for a state, as one of ours; the word itself stays visible as rawStatus.
const statuses: Readonly<Record<string, ResourceStatus>> = {on: 'running', off: 'stopped', new: 'creating'};
const hourly: Readonly<Record<string, number>> = {small: 0.01, large: 0.06};

let http: Http;
let endpoint = '';

async function ask(method: string, path: string, {signal, body}: {signal?: AbortSignal; body?: unknown} = {}) {
	// \`auth\` names a secret of the manifest: the host writes it into the request, this code never sees it.
	const answer = await http.fetch(endpoint + path, {
		method,
		auth: 'token',
		...(signal && {signal}),
		...(body !== undefined && {body: JSON.stringify(body), headers: {'content-type': 'application/json'}}),
	});
	if (answer.status === 401) {
		throw providerError('CWS_NEEDS_LOGIN', {message: 'The API refuses the token.', fix: 'Set it again with \`cws secrets set\`.'});
	}

	if (answer.status === 409) {
		throw providerError('CWS_NAME_TAKEN', {message: 'A server of this name exists already.'});
	}

	if (answer.status >= 400 && answer.status !== 404) {
		throw providerError('CWS_PROVIDER_FAILED', {message: \`The API answered \${answer.status}.\`, cause: answer.text().slice(0, 200)});
	}

	return answer;
}

// What cannot be an id is nobody's, and must not become another address: \`..\` would.
const isId = (id: string): boolean => /^[\\w-]{1,64}$/.test(id);

function toResource(server: unknown): ProviderResource | undefined {
	const {id, name, state, size, created} = (server ?? {}) as Partial<Server>;
	if (typeof id !== 'string' || typeof name !== 'string' || typeof state !== 'string') {
		return undefined;
	}

	const createdAt = Date.parse(created ?? '');
	return {
		id,
		type: 'vm',
		name,
		status: statuses[state] ?? 'unknown',
		rawStatus: state,
		...(size !== undefined && {size, cost: priceOf(size)}),
		...(Number.isFinite(createdAt) && {createdAt}),
	};
}

function priceOf(size = 'small'): Estimate {
	const price = amount(hourly[size] ?? 0, 'USD');
	return {
		hourly: price,
		components: [{name: 'compute', hourly: price, source: 'bundled'}],
		confidence: 'estimated',
		notCounted: ['traffic'],
	};
}

function check({type, size, fields}: Pick<DeploySpec, 'type' | 'size' | 'fields'>, provider: string): void {
	if (type !== 'vm') {
		throw providerError('CWS_NOT_SUPPORTED', {message: \`\${provider} has no \${type}.\`});
	}

	if (size !== undefined && hourly[size] === undefined) {
		throw providerError('CWS_INVALID_INPUT', {message: \`There is no size \${size}.\`, fix: \`Use one of \${Object.keys(hourly).join(', ')}.\`});
	}

	if (fields['image'] !== undefined && typeof fields['image'] !== 'string') {
		throw providerError('CWS_INVALID_INPUT', {message: 'The image must be text.'});
	}
}

async function change(target: ResourceTarget, action: string, status: 'started' | 'stopped', signal: AbortSignal): Promise<OperationResult> {
	const {id} = target;
	if (!isId(id) || (await ask('POST', \`/servers/\${id}/\${action}\`, {signal})).status === 404) {
		throw providerError('CWS_NOT_FOUND', {message: \`There is no server \${target.name}.\`});
	}

	return {status, id};
}

export default definePlugin({
	initialize(context) {
		http = context.http!;
		endpoint = String(context.config['endpoint']);
	},
	async health({signal}: CallContext) {
		const {status} = await ask('GET', '/servers?limit=1', {signal});
		return {status: status === 200 ? 'pass' : 'fail', output: \`The API answers \${status}.\`};
	},
	provider: {
		async *list({type}, {signal}) {
			if (type !== 'vm') {
				return;
			}

			const answer = (await ask('GET', '/servers', {signal})).json() as {servers?: unknown[]};
			const servers = (answer.servers ?? []).map(toResource);
			const resources = servers.filter(server => server !== undefined);
			yield {resources, skipped: servers.length - resources.length};
		},
		async get({id}, {signal}) {
			if (!isId(id)) {
				return null;
			}

			const answer = await ask('GET', \`/servers/\${id}\`, {signal});
			return answer.status === 404 ? null : (toResource(answer.json()) ?? null);
		},
		// The dry run: asks nobody, so that it needs no token.
		async plan(provider, spec) {
			check(spec, provider);
			return {
				lines: [{label: 'server', value: \`\${spec.name}, \${spec.size ?? 'small'}\`}],
				estimate: priceOf(spec.size),
			};
		},
		async deploy(provider, spec, {signal, progress}) {
			check(spec, provider);
			progress({message: 'asks the API for a server'});
			// The same token gives the same server: the API keeps it as an idempotency key.
			const answer = await ask('POST', '/servers', {
				signal,
				body: {name: spec.name, size: spec.size ?? 'small', image: spec.fields['image'] ?? 'debian-13', key: spec.token},
			});
			const server = toResource(answer.json());
			if (server === undefined) {
				throw providerError('CWS_PROVIDER_FAILED', {message: 'The API answered with no server.'});
			}

			return {status: 'created', id: server.id};
		},
		start: (target, {signal}) => change(target, 'start', 'started', signal),
		stop: (target, {signal}) => change(target, 'stop', 'stopped', signal),
		async destroy({id}, {signal}) {
			const isGone = !isId(id) || (await ask('DELETE', \`/servers/\${id}\`, {signal})).status === 404;
			return {status: isGone ? 'not_found' : 'deleted', id};
		},
		estimateCost: async (_provider, {size}) => priceOf(size),
	},
});
`;
