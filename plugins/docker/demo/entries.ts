import {type LiveContainer, type LiveEngine, type LiveImage, type LiveVolume, imageIdOf} from './live-engine.ts';

const mib = 1_048_576;
const minuteMs = 60_000;

/** An entry of `/containers/json`. */
export const listEntry = (container: LiveContainer, now: number) => ({
	Id: container.id,
	Names: [`/${container.name}`],
	Image: container.image,
	ImageID: imageIdOf(container.image),
	Command: 'docker-entrypoint.sh',
	Created: Math.floor(container.madeAt / 1000),
	State: container.state,
	Status: sentenceOf(container, now),
	Labels: container.labels ?? {},
	Ports: Object.entries(container.ports ?? {}).map(([inside, outside]) => ({
		IP: '0.0.0.0',
		PrivatePort: Number(inside),
		PublicPort: outside,
		Type: 'tcp',
	})),
	Mounts: Object.entries(container.volumes ?? {}).map(([Name, Destination]) => ({Type: 'volume', Name, Destination, RW: true})),
	NetworkSettings: {Networks: {bridge: {}}},
});

function sentenceOf({state, sinceAt, exitCode = 0, health}: LiveContainer, now: number): string {
	const age = ageOf(now - sinceAt);
	switch (state) {
		case 'created': {
			return 'Created';
		}

		case 'running': {
			return `Up ${age}${health === undefined ? '' : health === 'starting' ? ' (health: starting)' : ` (${health})`}`;
		}

		case 'paused': {
			return `Up ${age} (Paused)`;
		}

		case 'exited': {
			return `Exited (${exitCode}) ${age} ago`;
		}
	}
}

/** As the engines say it. */
function ageOf(ms: number): string {
	const minutes = Math.floor(ms / minuteMs);
	if (minutes < 1) {
		return 'Less than a minute';
	}

	return minutes < 120 ? `${minutes} minutes` : minutes < 2880 ? `${Math.floor(minutes / 60)} hours` : `${Math.floor(minutes / 1440)} days`;
}

/** What `/containers/ID/json` says. */
export const detailsOf = (container: LiveContainer) => ({
	Id: container.id,
	Name: `/${container.name}`,
	State: {
		Status: container.state,
		ExitCode: container.exitCode ?? 0,
		OOMKilled: container.isOutOfMemory === true,
		StartedAt: new Date(container.sinceAt).toISOString(),
	},
	Config: {Tty: false, Image: container.image, Labels: container.labels ?? {}},
	HostConfig: {
		LogConfig: {Type: 'json-file'},
		RestartPolicy: {Name: container.restart ?? 'no'},
		...(container.limitMb !== undefined && {Memory: container.limitMb * mib}),
	},
	Mounts: [],
});

export const imageEntry = ({id, name, megabytes, madeHours}: LiveImage, begin: number) => ({
	Id: id,
	RepoTags: [name],
	RepoDigests: null,
	Created: Math.floor((begin - madeHours * 60 * minuteMs) / 1000),
	Size: megabytes * 1_000_000,
	Labels: null,
});

export const volumeEntry = ({name, madeAt, labels}: LiveVolume) => ({
	Name: name,
	Driver: 'local',
	Mountpoint: `/var/lib/docker/volumes/${name}/_data`,
	CreatedAt: new Date(madeAt).toISOString(),
	Labels: labels ?? null,
});

/** A running container's `/stats`: its share of the processor goes slowly up and down around what the recording says. */
export function statsOf({cpuPercent = 1, memoryMb = 12, limitMb = 16_384, sinceAt}: LiveContainer, now: number) {
	const elapsed = now - sinceAt;
	const waveMs = 240_000;
	// The integral of a share that swings by a tenth.
	const busy = elapsed + ((0.1 * waveMs) / (2 * Math.PI)) * (1 - Math.cos((2 * Math.PI * elapsed) / waveMs));
	return {
		read: new Date(now).toISOString(),
		cpu_stats: {
			cpu_usage: {total_usage: Math.round((busy * 1_000_000 * cpuPercent) / 100)},
			system_cpu_usage: elapsed * 8_000_000,
			online_cpus: 8,
		},
		memory_stats: {usage: memoryMb * mib, limit: limitMb * mib, stats: {inactive_file: 0}},
	};
}

export const usesImage = ({containers}: LiveEngine, {name}: LiveImage): LiveContainer | undefined =>
	[...containers.values()].find(({image}) => image === name);

export const usesVolume = ({containers}: LiveEngine, name: string): LiveContainer | undefined =>
	[...containers.values()].find(({volumes = {}}) => Object.hasOwn(volumes, name));
