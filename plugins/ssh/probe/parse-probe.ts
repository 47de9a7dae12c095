/** What a machine says of itself; a fact it did not tell, or told as nonsense, is absent. */
export type Probe = {
	readonly cpuTicks?: {readonly busy: number; readonly total: number};
	readonly memoryTotalBytes?: number;
	readonly memoryAvailableBytes?: number;
	readonly diskTotalBytes?: number;
	readonly diskUsedBytes?: number;
	readonly load1?: number;
	readonly uptimeMs?: number;
	readonly cores?: number;
	readonly system?: string;
	readonly kernel?: string;
	readonly sessions?: number;
	readonly users?: readonly string[];
	readonly gpus?: readonly Gpu[];
};

export type Gpu = {readonly name: string; readonly busyPercent?: number; readonly memoryUsedMb?: number; readonly memoryTotalMb?: number};

const mostGpus = 64;
const mostUsers = 50;

/** Undefined when it is no whole answer of ours: a banner, a forced command, a cut connection. */
export function parseProbe(text: string): Probe | undefined {
	const lines = text.split('\n').map(line => line.trimEnd());
	const begin = lines.indexOf('cws-probe 1');
	const end = lines.indexOf('cws-end', begin);
	if (begin === -1 || end === -1) {
		return undefined;
	}

	const facts = new Map<string, string>();
	const gpus: Gpu[] = [];
	for (const line of lines.slice(begin + 1, end)) {
		const [key, value] = splitOnce(line);
		if (key === 'gpu') {
			gpus.push(...gpuOf(value));
		} else if (!facts.has(key)) {
			facts.set(key, value);
		}
	}

	const numbers = (key: string): readonly (number | undefined)[] => (facts.get(key) ?? '').split(' ').map(toNumber);
	const kilobytes = (key: string): number | undefined => scaled(numbers(key)[0], 1024);
	const [disk, used] = numbers('disk-kb');
	const [sessions, ...users] = (facts.get('users') ?? '').split(' ').filter(word => word !== '');
	const known = {
		cpuTicks: ticksOf(numbers('cpu')),
		memoryTotalBytes: kilobytes('memory-total-kb'),
		memoryAvailableBytes: kilobytes('memory-available-kb'),
		diskTotalBytes: scaled(disk, 1024),
		diskUsedBytes: scaled(used, 1024),
		load1: numbers('load')[0],
		uptimeMs: scaled(numbers('uptime')[0], 1000),
		cores: numbers('cores')[0],
		system: facts
			.get('system')
			?.replaceAll(/^["']|["']$/g, '')
			.slice(0, 200),
		kernel: facts.get('kernel')?.slice(0, 200),
		sessions: sessions === undefined ? undefined : toNumber(sessions),
		users: users.length === 0 ? undefined : users.slice(0, mostUsers).map(user => user.slice(0, 64)),
		gpus: gpus.length === 0 ? undefined : gpus.slice(0, mostGpus),
	};
	return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) as Probe;
}

function splitOnce(line: string): readonly [string, string] {
	const space = line.indexOf(' ');
	return space === -1 ? [line, ''] : [line.slice(0, space), line.slice(space + 1)];
}

const toNumber = (word: string): number | undefined => (/^\d{1,16}(?:\.\d{1,6})?$/.test(word) ? Number(word) : undefined);

const scaled = (value: number | undefined, unit: number): number | undefined =>
	value === undefined ? undefined : Math.round(value * unit);

/** user nice system idle iowait irq softirq steal, in ticks since the start. */
function ticksOf(fields: readonly (number | undefined)[]): Probe['cpuTicks'] {
	if (fields.length < 4 || fields.includes(undefined)) {
		return undefined;
	}

	const ticks = fields as readonly number[];
	const total = ticks.reduce((sum, tick) => sum + tick, 0);
	return {busy: total - ticks[3]! - (ticks[4] ?? 0), total};
}

function gpuOf(text: string): readonly Gpu[] {
	const [name, ...figures] = text.split(',').map(word => word.trim());
	if (name === undefined || name === '') {
		return [];
	}

	const [busyPercent, memoryUsedMb, memoryTotalMb] = figures.map(toNumber);
	return [
		{
			name: name.slice(0, 100),
			...(busyPercent !== undefined && {busyPercent}),
			...(memoryUsedMb !== undefined && {memoryUsedMb}),
			...(memoryTotalMb !== undefined && {memoryTotalMb}),
		},
	];
}
