import {type Outcome} from '../core/failure/outcome.ts';
import {type PluginRecord} from '../core/plugin.ts';
import {type Consent} from '../core/plugin-parts.ts';
import {type Capabilities} from './broker/capability.ts';

/** A plugin as it lies on the disk now. */
export type Asker = {
	readonly record: PluginRecord;
	/** SHA-256 of the bundle that would run, in hex. */
	readonly bundleHash: string;
};

/** Decides what plugins may do. */
export type PluginTrust = {
	/** What nobody has granted yet; undefined when it may run as it is. A failure means that it may not run at all. */
	readonly missing: (asker: Asker) => Promise<Outcome<Consent | undefined>>;
	/** Everything it asks for now is allowed from here on. */
	readonly grant: (asker: Asker) => Promise<Outcome<void>>;
	/** Nothing is allowed any more. */
	readonly revoke: (asker: Asker) => Promise<Outcome<void>>;
	/** What a worker may ask of the host: exactly what was granted. `onDenied` hears of everything else it tries. */
	readonly capabilities: (asker: Asker, events: {readonly onDenied: (what: string) => void}) => Promise<Capabilities>;
};
