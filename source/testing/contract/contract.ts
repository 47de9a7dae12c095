import {type Manifest} from '../../core/manifest.ts';
import {type DeploySpec} from '../../core/plan.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {type PluginHost} from '../../core/ports/plugin-host.ts';
import {type TestWorld} from '../test-context.ts';

/** What an author says about a plugin so that the contract can be held against it; the default export of `test/contract.ts`. */
export type ContractSample = Pick<TestWorld, 'http' | 'secrets'> & {
	/** Options of the plugin while it is tried. */
	readonly options?: Readonly<Record<string, unknown>>;
	/** Its name in references; the id when absent. */
	readonly provider?: string;
	/** A small resource that may be created and destroyed. Without one nothing is deployed. */
	readonly spec?: Omit<DeploySpec, 'token'>;
	/** A part of the spec that must not turn up in a log. */
	readonly secret?: string;
	/** Changes to the spec that the provider has to refuse. */
	readonly malformed?: readonly Partial<DeploySpec>[];
	/** A deploy that takes long enough, and reports progress, so that it can be cancelled. */
	readonly slow?: {
		readonly options?: Readonly<Record<string, unknown>>;
		readonly spec: () => Promise<Omit<DeploySpec, 'token'>>;
	};
};

/** A plugin in a real host. */
export type ContractSubject = {
	readonly host: PluginHost;
	readonly plugin: string;
	readonly record: () => PluginRecord;
	/** The same plugin in a host of its own, with other options. */
	readonly another: (options: Readonly<Record<string, unknown>>) => Promise<ContractSubject & AsyncDisposable>;
	/** What stands in for the outside world, where something does: a check may change it, and puts it back. */
	readonly world?: {http: TestWorld['http']; secrets: TestWorld['secrets']};
};

/** One promise of the contract. */
export type ContractCheck = {
	/** A sentence that is true of a plugin that keeps it. */
	readonly title: string;
	/** Whether it says anything about this plugin. */
	readonly appliesTo: (manifest: Manifest, sample: ContractSample) => boolean;
	/** Throws what is wrong. */
	readonly run: (subject: ContractSubject, sample: ContractSample) => Promise<void>;
};
