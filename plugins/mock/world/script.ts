import {type ProviderResource, type ResourceStatus} from 'cws/sdk';
import {kindOf} from './catalog.ts';
import {generateEntry} from './generate.ts';
import {type Random} from './random.ts';
import {type Address, type World} from './world.ts';

const dayMs = 86_400_000;
const settledDays = 10;

const settles: Readonly<Partial<Record<ResourceStatus, ResourceStatus>>> = {
	pending: 'running',
	creating: 'running',
	stopping: 'stopped',
	hibernating: 'hibernated',
	resuming: 'running',
};

export type Script = {
	/** Lets one thing happen. Returns what, in words for the log, or nothing when nobody would notice. */
	readonly step: () => string | undefined;
};

/** What goes on in the world by itself. The same seed and the same steps give the same story. */
export function createScript(world: World, random: Random, now: () => number): Script {
	// What is on its way arrives with the next steps, so that nothing stays in between for long.
	const unsettled: Address[] = [];
	let jobs = 0;

	const say = ({provider}: Address, {name, status}: ProviderResource, next: string) => `${provider}/${name}: ${status} → ${next}`;

	const move = (address: Address, resource: ProviderResource, status: ResourceStatus) => {
		world.setStatus(address, status);
		if (settles[status] !== undefined) {
			unsettled.push(address);
		}

		return say(address, resource, status);
	};

	const nextJob = (address: Address, resource: ProviderResource) => {
		const kind = kindOf(address.provider, address.type)!;
		const stem = resource.name.replace(/-\d+$/, '');
		world.remove(address);
		const {resource: job} = generateEntry(kind, {name: `${stem}-q${++jobs}`, random, now: now(), status: 'pending'});
		world.put(address.provider, job);
		return `${address.provider}/${job.name}: submitted`;
	};

	const wobble = (address: Address, resource: ProviderResource) => {
		world.patch(address, {metrics: {...resource.metrics, cpuPercent: Math.round(random() * 20) * 5}});
		return undefined;
	};

	const act = (address: Address, resource: ProviderResource): string | undefined => {
		const chance = random();
		const isJob = address.type === 'job';
		// What has been as it is for long stays so: left on, or forgotten.
		const isYoung = now() - (resource.createdAt ?? 0) < settledDays * dayMs;
		if (resource.status === 'running' && (isJob || address.type === 'vm')) {
			return isYoung && chance < (isJob ? 0.3 : 0.15) ? move(address, resource, isJob ? 'stopped' : 'stopping') : wobble(address, resource);
		}

		if (resource.status === 'pending') {
			return move(address, resource, 'running');
		}

		if (resource.status === 'stopped' && isJob) {
			return nextJob(address, resource);
		}

		return resource.status === 'stopped' && address.type === 'vm' && isYoung && chance < 0.3
			? move(address, resource, 'pending')
			: undefined;
	};

	return {
		step() {
			const waiting = unsettled.shift();
			if (waiting !== undefined) {
				const resource = world.get(waiting);
				const next = resource && settles[resource.status];
				return next === undefined || world.isHeld(waiting) ? undefined : move(waiting, resource!, next);
			}

			const entry = world.at(Math.floor(random() * world.count()));
			if (entry === undefined) {
				return undefined;
			}

			const {provider, resource} = entry;
			const address = {provider, type: resource.type, id: resource.id};
			return world.isHeld(address) ? undefined : act(address, resource);
		},
	};
}
