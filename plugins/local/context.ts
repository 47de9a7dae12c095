import {type ProcessTable} from './process/process-table.ts';
import {type StopFile} from './workstation/record.ts';

export type LocalConfig = {
	readonly stopGraceSeconds: number;
	readonly readySeconds: number;
	readonly ratePerHour?: number;
	readonly currency: string;
};

/** What the parts of this plugin share. */
export type LocalContext = {
	/** Holds one directory for each workstation. */
	readonly root: string;
	readonly config: LocalConfig;
	readonly processes: ProcessTable;
	/** The environment workstations start from. */
	readonly env: Readonly<Record<string, string>>;
	/** Runs of which nothing is left: looked for once, never again. */
	readonly endedRuns: Set<string>;
	/** Stops that could not be written because the disk is full, by run. */
	readonly unsavedStops: Map<string, StopFile>;
	/** How long a start without a port is watched for an early end. */
	readonly earlyEndMs?: number;
};

// What a package manager or a runtime set for cws is not the business of a workstation.
const own = /^(?:npm_|CWS_|NODE_OPTIONS$|NODE_CHANNEL|NODE_V8_COVERAGE$|NODE_TEST_CONTEXT$|INIT_CWD$|PWD$|OLDPWD$|_$|SHLVL$)/;
const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export const cleanEnvironment = (env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> => ({
	PATH: defaultPath,
	...Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && !own.test(entry[0]))),
});
