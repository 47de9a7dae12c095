/** What runs in a workstation, as asked for and completed with the template's and the system's defaults. */
export type WorkstationSpec = {
	readonly template: string;
	/** A line for `sh -c`. */
	readonly command: string;
	readonly port?: number;
	/** Must answer with success before it is ready; absent: the port alone decides. */
	readonly healthPath?: string;
	readonly protocol: 'http' | 'https' | 'tcp';
	readonly env: Readonly<Record<string, string>>;
	readonly memoryMb?: number;
	readonly cpus?: number;
	readonly nice?: number;
	/** Absent: a directory of its own, which goes with it. */
	readonly cwd?: string;
};

/** `workstation.json`: everything cws decides. What happened to the processes is in the small files beside it. */
export type WorkstationRecord = {
	readonly version: 1;
	readonly id: string;
	readonly name: string;
	/** Epoch milliseconds. */
	readonly createdAt: number;
	/** Of the deploy, so that repeating it finds this one. */
	readonly token: string;
	readonly tags?: Readonly<Record<string, string>>;
	readonly spec: WorkstationSpec;
	/** The newest start; the keeper writes the same `run` into what it records. */
	readonly start?: {readonly run: string; readonly at: number; readonly isFirst: boolean; readonly limits: readonly string[]};
};

/** `run`, written by the keeper: who the processes are. */
export type RunFile = {
	readonly run: string;
	readonly pid: number;
	readonly startTime: string;
	readonly keeper: number;
	readonly keeperStartTime: string;
	readonly logger: number;
	readonly loggerStartTime: string;
	readonly bootId: string;
};

/** `exit`, written by the keeper. */
export type ExitFile = {readonly run: string; readonly code: number; readonly at: number};

/** `stop`, written by cws before the first signal: an end after it is wanted. */
export type StopFile = {readonly run: string; readonly at: number; readonly isKilled: boolean};

export function parseRecord(text: string): WorkstationRecord | undefined {
	try {
		const value = JSON.parse(text) as Partial<WorkstationRecord> | null;
		return value?.version === 1 &&
			typeof value.id === 'string' &&
			typeof value.name === 'string' &&
			typeof value.createdAt === 'number' &&
			typeof value.spec?.command === 'string' &&
			typeof value.spec.env === 'object'
			? (value as WorkstationRecord)
			: undefined;
	} catch {
		return undefined;
	}
}

export function parseRun(text: string): RunFile | undefined {
	const fields = new Map(text.split('\n').map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
	const number = (name: string) => Number(fields.get(name) ?? Number.NaN);
	const string = (name: string) => fields.get(name) ?? '';
	const pid = number('pid');
	return Number.isInteger(pid) && pid > 1
		? {
				run: string('run'),
				pid,
				startTime: string('start').trim(),
				keeper: number('keeper'),
				keeperStartTime: string('keeperStart').trim(),
				logger: number('logger'),
				loggerStartTime: string('loggerStart').trim(),
				bootId: string('boot'),
			}
		: undefined;
}

export function parseExit(text: string): ExitFile | undefined {
	const match = /^(\S+) (\d+) (\d+)\s*$/.exec(text);
	return match ? {run: match[1]!, code: Number(match[2]), at: Number(match[3]) * 1000} : undefined;
}

export function parseStop(text: string): StopFile | undefined {
	const match = /^(\S+) (\d+) (term|kill)\s*$/.exec(text);
	return match ? {run: match[1]!, at: Number(match[2]), isKilled: match[3] === 'kill'} : undefined;
}

export const formatStop = ({run, at, isKilled}: StopFile): string => `${run} ${at} ${isKilled ? 'kill' : 'term'}\n`;
