import {readFileSync} from 'node:fs';
import {availableParallelism, cpus, homedir, hostname, machine, release, totalmem, type, uptime} from 'node:os';
import {type Connection, formatBytes, free, type ProviderResource, type ResourceMetrics} from 'cws/sdk';
import {type LocalContext} from '../context.ts';
import {shellOf} from '../workstation/run/connect.ts';

export const protection = 'this machine runs cws; it cannot be destroyed';

/** The same for as long as the machine keeps its name or its machine id. */
export const machineId = (): string => BigInt.asUintN(48, fingerprint(machineKey())).toString(16).padStart(12, '0');

/** This machine as a row of the list. */
export function machineResource(metrics: ResourceMetrics | undefined): ProviderResource {
	const reason = 'this machine runs cws';
	return {
		id: machineId(),
		type: 'host',
		name: hostname(),
		status: 'running',
		rawStatus: 'up',
		size: `${availableParallelism()} cpu ${formatBytes(totalmem())}`,
		createdAt: bootedAt,
		endpoints: [],
		cost: {hourly: free('this machine'), components: [], confidence: 'exact', notCounted: []},
		protected: protection,
		disabled: {
			deploy: reason,
			start: reason,
			stop: reason,
			restart: reason,
			hibernate: reason,
			resume: reason,
			destroy: protection,
			logs: "cws does not read the machine's own logs",
		},
		...(metrics !== undefined && {metrics}),
		where: 'this machine',
		meta: {
			system: `${type()} ${release()} ${machine()}`,
			processor: cpus()[0]?.model ?? 'unknown',
			cores: availableParallelism(),
			memoryBytes: totalmem(),
		},
	};
}

/** A shell at home on this machine, or the given command there. */
export function connectMachine({env}: LocalContext, command: readonly string[] = []): Connection {
	const [program = shellOf(env), ...args] = command;
	return {kind: 'exec', command: program, args: command.length === 0 ? ['-l'] : args, cwd: homedir(), env: {...env}, title: hostname()};
}

// FNV-1a: the machine's own id is not for everybody's eyes, and loading a real hash for this would delay the first row.
function fingerprint(text: string): bigint {
	let hash = 0xcb_f2_9c_e4_84_22_23_25n;
	for (const byte of Buffer.from(text)) {
		hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x1_00_00_00_01_b3n);
	}

	return hash;
}

function machineKey(): string {
	try {
		return readFileSync('/etc/machine-id', 'latin1').trim() || hostname();
	} catch {
		return hostname();
	}
}

// Read once: the uptime and the clock drift against each other and the row would change for nothing.
const bootedAt: number = Math.round((Date.now() - uptime() * 1000) / 60_000) * 60_000;
