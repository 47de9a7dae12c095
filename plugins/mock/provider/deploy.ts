import {type CallContext, type DeploySpec, type OperationResult, providerError} from 'cws/sdk';
import {kindOf} from '../world/catalog.ts';
import {type EntryParts, makeEntry, makeId} from '../world/generate.ts';
import {createRandom, hashOf} from '../world/random.ts';
import {type MockContext} from './context.ts';

const stages: Readonly<Record<string, readonly (readonly [message: string, ms: number])[]>> = {
	vm: [
		['reserving capacity', 1500],
		['attaching storage', 1200],
		['starting instance', 3500],
		['waiting for ssh', 1800],
	],
	database: [
		['reserving capacity', 2000],
		['creating storage', 3000],
		['starting the engine', 4000],
	],
	volume: [['creating', 1500]],
	job: [
		['submitting', 600],
		['waiting in the queue', 3500],
	],
	container: [
		['pulling the image', 2500],
		['starting', 500],
	],
};

/** Creates a resource in stages. What was begun is taken back when the call is cancelled. */
export async function deploy(
	context: MockContext,
	provider: string,
	spec: DeploySpec,
	{signal, progress}: CallContext,
): Promise<OperationResult> {
	const {world, timing, faults} = context;
	const parts = partsOf(provider, spec, context.now());
	const kind = kindOf(provider, spec.type)!;
	const address = {provider, type: spec.type, id: parts.id};
	const result = {id: parts.id, account: parts.account, region: parts.region, size: parts.size} as const;
	await timing.roundTrip(signal);
	faults.beforeCall(provider);
	if (world.get(address) !== undefined) {
		return {status: 'created', ...result, message: 'was there already'};
	}

	const namesake = world.findByName(provider, spec.type, spec.name);
	if (namesake !== undefined) {
		throw providerError('CWS_NAME_TAKEN', {
			message: `\`${provider}\` has a ${spec.type} \`${spec.name}\` already.`,
			cause: `it is ${namesake.status}, with the id \`${namesake.id}\``,
		});
	}

	faults.beforeDeploy(provider, parts.size, parts.region);
	world.put(provider, makeEntry(kind, {...parts, status: 'creating'}).resource);
	using _hold = world.hold(address);
	try {
		const steps = stages[spec.type] ?? [];
		for (const [done, [message, ms]] of steps.entries()) {
			progress({done, total: steps.length, message});
			await timing.stage(ms, signal);
		}
	} catch (error) {
		world.remove(address);
		throw error;
	}

	world.setStatus(address, 'running');
	return {status: 'created', ...result};
}

/** Checks a spec and fills in what it leaves open; the id follows from the token, so that a repeated call finds it. */
export function partsOf(provider: string, spec: DeploySpec, now: number): EntryParts {
	const kind = kindOf(provider, spec.type);
	if (kind === undefined || kind.type === 'host') {
		throw providerError('CWS_NOT_SUPPORTED', {message: `\`${provider}\` cannot create a \`${spec.type}\`.`, fix: 'see `cws providers`'});
	}

	if (typeof spec.name !== 'string' || spec.name === '') {
		throw providerError('CWS_INVALID_NAME', {message: 'A resource needs a name.'});
	}

	const sizes = kind.sizes.map(({name}) => name);
	const {account, storageGb = 100, publicIp} = spec.fields;
	if (typeof storageGb !== 'number' || !Number.isInteger(storageGb) || storageGb < 8 || storageGb > 16_384) {
		throw invalid('storageGb', '`storageGb` is not a whole number from 8 to 16384.', 'change `storageGb`');
	}

	return {
		provider,
		type: spec.type,
		name: spec.name,
		id: makeId(kind, createRandom(hashOf(`${provider}/${spec.type}/${spec.token}`))),
		account: choose('account', account ?? spec.account, kind.accounts),
		region: choose('region', spec.region, kind.regions),
		status: 'running',
		size: choose('size', spec.size, sizes) ?? '',
		createdAt: now,
		storageGb: kind.hasStorage ? storageGb : undefined,
		hasPublicIp: kind.type === 'vm' && publicIp === true,
		tags: spec.tags,
		owner: spec.tags?.['owner'],
		meta: {...spec.fields},
	};
}

function choose(field: string, value: unknown, options: readonly (string | undefined)[]): string | undefined {
	const chosen = value === undefined ? options[0] : options.find(option => option === value);
	if (chosen !== undefined || value === undefined) {
		return chosen;
	}

	const known = options.filter(option => option !== undefined);
	throw invalid(
		field,
		`\`${typeof value === 'string' ? value : JSON.stringify(value)}\` is not a ${field} here.`,
		known.length === 0 ? `leave the ${field} out` : `use one of ${known.join(', ')}`,
	);
}

const invalid = (field: string, message: string, fix: string) => providerError('CWS_INVALID_INPUT', {message, fix, details: {field}});
