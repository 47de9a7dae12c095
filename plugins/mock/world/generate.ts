import {type ProviderResource, type ResourceStatus} from 'cws/sdk';
import {type CastMember, cast, hostileNames} from './cast.ts';
import {type Kind, kindOf, kinds} from './catalog.ts';
import {estimateFor} from './estimate.ts';
import {createRandom, hashOf, pick, pickWeighted, type Random} from './random.ts';

export type Entry = {readonly provider: string; readonly resource: ProviderResource};

type GenerateOptions = {readonly count: number; readonly seed: number; readonly hasFaults: boolean; readonly now: number};

const hourMs = 3_600_000;
const owners = ['ada', 'grace', 'katherine', 'rosalind', 'alan', 'barbara', 'emmy', 'chien-shiung'];
const teams = ['genomics', 'climate', 'vision', 'physics', 'platform'];
const environments = ['prod', 'staging', 'dev'];
const stems: Readonly<Record<string, readonly string[]>> = {
	vm: ['notebook', 'train', 'genomics', 'render', 'api', 'worker', 'gateway', 'climate-sim', 'annotate'],
	database: ['samples-db', 'users-db', 'results-db', 'metrics-db'],
	volume: ['data', 'scratch', 'checkpoints', 'home'],
	job: ['fold', 'align', 'sweep', 'mcmc', 'assemble', 'md-run'],
	container: ['redis', 'jupyter', 'web', 'ci'],
	host: ['shelf', 'bench', 'microscope'],
};
const words: Readonly<Partial<Record<ResourceStatus, string>>> = {
	running: 'active',
	stopped: 'shutoff',
	hibernated: 'suspended',
	pending: 'queued',
	failed: 'error',
};
const statusWeights: Readonly<Record<string, readonly (readonly [ResourceStatus, number])[]>> = {
	vm: [
		['running', 74],
		['stopped', 18],
		['hibernated', 6],
		['failed', 2],
	],
	database: [
		['running', 90],
		['stopped', 10],
	],
	volume: [
		['running', 82],
		['stopped', 18],
	],
	job: [
		['running', 62],
		['pending', 26],
		['stopped', 8],
		['failed', 4],
	],
	container: [
		['running', 78],
		['stopped', 18],
		['failed', 4],
	],
	host: [
		['running', 95],
		['unknown', 5],
	],
};

const weightedKinds = kinds.map(kind => [kind, kind.weight] as const);

/** The world at the start. The cast comes first, so that small worlds are the ones of the pictures. */
export function generateWorld({count, seed, hasFaults, now}: GenerateOptions): readonly Entry[] {
	const random = createRandom(seed);
	const entries = cast.slice(0, count).map(member => castEntry(member, now));
	const hostile = hasFaults ? hostileNames : [];
	for (let index = entries.length; index < count; index++) {
		const kind = pickWeighted(random, weightedKinds);
		const plain = `${pick(random, stems[kind.type]!)}-${index}`;
		const name = hostile[index - cast.length] ?? plain;
		entries.push(generateEntry(kind, {name, random, now}));
	}

	return entries;
}

/** One more of a kind, for example the next job in a queue. */
export function generateEntry(
	kind: Kind,
	{name, random, now, status}: {name: string; random: Random; now: number; status?: ResourceStatus},
): Entry {
	const region = pick(random, kind.regions);
	const size = sizeFor(kind, region, random);
	const state = status ?? pickWeighted(random, statusWeights[kind.type]!);
	// Most things are young; a few were forgotten long ago.
	const ageHours = status === undefined ? random() ** 4 * (kind.type === 'job' ? 40 : 4000) + 0.1 : 0;
	return makeEntry(kind, {
		provider: kind.provider,
		type: kind.type,
		name,
		id: makeId(kind, random),
		account: pick(random, kind.accounts),
		region,
		status: state,
		size,
		createdAt: Math.round(now - ageHours * hourMs),
		owner: random() < 0.8 ? pick(random, owners) : undefined,
		storageGb: kind.hasStorage ? pick(random, [20, 50, 100, 200]) : undefined,
		tags: {team: pick(random, teams), env: pick(random, environments)},
		statusReason: state === 'failed' ? 'exit code 1: out of memory' : undefined,
	});
}

export type EntryParts = {
	readonly provider: string;
	readonly type: string;
	readonly name: string;
	readonly id: string;
	readonly account?: string;
	readonly region?: string;
	readonly status: ResourceStatus;
	readonly size: string;
	readonly createdAt: number;
	readonly owner?: string;
	readonly storageGb?: number;
	readonly hasPublicIp?: boolean;
	readonly tags?: Readonly<Record<string, string>>;
	readonly statusReason?: string;
	readonly meta?: Readonly<Record<string, unknown>>;
};

export function makeEntry(kind: Kind, {provider, storageGb, hasPublicIp, ...parts}: EntryParts): Entry {
	const {size, region} = parts;
	return {
		provider,
		resource: {...parts, rawStatus: rawStatusOf(parts.type, parts.status), cost: estimateFor(kind, {size, region, storageGb, hasPublicIp})},
	};
}

/** The provider's own word for a status; a volume is in use or available, a job has Slurm's words. */
export function rawStatusOf(type: string, status: ResourceStatus): string {
	if (type === 'volume' && (status === 'running' || status === 'stopped')) {
		return status === 'running' ? 'in-use' : 'available';
	}

	return type === 'job' && status === 'stopped' ? 'COMPLETED' : (words[status] ?? status);
}

/** An id like the provider's, from random digits. */
export function makeId({idPrefix, idDigits, isDecimalId}: Kind, random: Random): string {
	let digits = '';
	while (digits.length < idDigits) {
		// No leading zero: some read such ids as numbers.
		digits += isDecimalId ? String(Math.floor(random() * 9) + 1) : Math.floor(random() * 16).toString(16);
	}

	return idPrefix + digits;
}

function castEntry({ageHours, more, ...member}: CastMember, now: number): Entry {
	const kind = kindOf(member.provider, member.type)!;
	const entry = makeEntry(kind, {
		...member,
		id: makeId(kind, createRandom(hashOf(member.name))),
		createdAt: Math.round(now - ageHours * hourMs),
		tags: kind.provider === 'nimbus' ? {team: 'genomics', env: member.account ?? 'dev'} : undefined,
	});
	return {...entry, resource: {...entry.resource, ...more}};
}

function sizeFor(kind: Kind, region: string | undefined, random: Random): string {
	if (kind.type === 'job') {
		return pick(random, region === 'gpu' ? kind.sizes.slice(2) : kind.sizes.slice(0, 2)).name;
	}

	// Sizes are listed from small to large, and large ones are rare.
	return kind.sizes[Math.floor(random() ** 3 * kind.sizes.length)]!.name;
}
