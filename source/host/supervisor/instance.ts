import {type Failure} from '../../core/failure/failure.ts';
import {type Manifest} from '../../core/manifest.ts';
import {type Outcome} from '../../core/failure/outcome.ts';
import {type LoadStage} from '../../core/plugin.ts';
import {type Consent} from '../../core/plugin-parts.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type Capabilities} from '../broker/capability.ts';
import {type ConnectionRequest} from '../connection/wire.ts';
import {type HostLimits} from '../limits.ts';
import {type InitializeArgument} from '../protocol/messages.ts';
import {type OpenTransport} from '../transport/transport.ts';
import {type Death} from './death.ts';
import {type Sample} from './watchdog.ts';

/** One worker of a plugin, from its start to its end. */
export type Instance = {
	readonly generation: number;
	/** Milliseconds from the start of the worker to the end of the plugin's `start`. */
	readonly startMs: number;
	readonly isNiced: boolean;
	readonly methods: ReadonlySet<string>;
	readonly call: (request: ConnectionRequest) => Promise<Outcome<unknown>>;
	readonly stream: (request: ConnectionRequest) => AsyncGenerator<Outcome<readonly unknown[]>, void>;
	/** Somebody waits for an answer of it. */
	readonly isBusy: () => boolean;
	/** Calls this method before `stop`, when it ends. */
	readonly beforeStop: (method: string) => void;
	/** Proves that its thread is not stuck; one that is gets ended. */
	readonly answer: () => Promise<Outcome<void>>;
	/** Lets calls in flight end, runs `stop` and `shutdown`, then ends the thread; false when the thread does not die. */
	readonly close: (reason: Failure, time: {readonly drainMs: number; readonly deadlineMs: number}) => Promise<boolean>;
};

export type LaunchFailure = {
	readonly stage: LoadStage;
	readonly error: Failure;
	readonly weight: number;
	/** It only waits for the person. */
	readonly consent?: Consent;
};

export type InstanceEvents = {
	/** A worker that was active is gone. */
	readonly onDeath: (death: Death, error: Failure) => void;
	readonly onSample: (sample: Sample) => void;
	readonly onHog: () => void;
	readonly onLog: (body: unknown) => void;
	readonly onOutput: (stream: 'stdout' | 'stderr', text: string) => void;
	readonly onEvent: (body: unknown) => void;
	readonly onUncaught: (body: unknown) => void;
	/** It asked for a capability it does not have. */
	readonly onDenied: (what: string) => void;
	readonly onUnexpected: (method: string, thrown: unknown) => void;
	/** The thread does not die, or finally did. */
	readonly onZombie: (isZombie: boolean) => void;
};

export type Launch = {
	readonly manifest: Manifest;
	readonly main: string;
	/** The script itself, for the sandbox. */
	readonly code?: string;
	readonly generation: number;
	readonly initialize: InitializeArgument;
	readonly locale: string;
	readonly open: OpenTransport;
	readonly clock: Clock;
	readonly limits: HostLimits;
	readonly residentBytes: () => number;
	/** What it may ask of the host; gone with this worker. */
	readonly capabilities: Capabilities;
	readonly events: InstanceEvents;
	/** Gives the start up at once; its reason is a `Failure`. */
	readonly signal: AbortSignal;
};
