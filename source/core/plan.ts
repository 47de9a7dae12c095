import {type Estimate} from './money/estimate.ts';
import {type ResourceOperation} from './resource.ts';
import {type ResourceRef} from './reference.ts';

/** What a person wants to have. */
export type DeploySpec = {
	readonly type: string;
	readonly name: string;
	readonly account?: string;
	readonly region?: string;
	readonly size?: string;
	readonly template?: string;
	/** The type's own fields, validated against its form schema. */
	readonly fields: Readonly<Record<string, unknown>>;
	readonly tags?: Readonly<Record<string, string>>;
	/** The same token gives the same resource, however often the call is repeated. */
	readonly token: string;
};

/** One line of a plan: `image`, `debian-13`. */
export type PlanLine = {readonly label: string; readonly value: string};

/** The dry run of a mutating operation as a provider gives it; needs no credentials. */
export type ProviderPlan = {
	/** What will be done, line by line, for example `command → python3 -m http.server`. */
	readonly lines: readonly PlanLine[];
	readonly warnings?: readonly string[];
	readonly estimate?: Estimate;
	/** What goes with it when destroyed. */
	readonly takes?: readonly string[];
	/** What stays when destroyed. */
	readonly keeps?: readonly string[];
};

/** The plan a person sees in the dialog and with `--dry-run --json`: the provider's plan plus what the engine knows. */
export type Plan = ProviderPlan & {
	readonly action: ResourceOperation;
	readonly provider: string;
	readonly type: string;
	readonly name: string;
	readonly account?: string;
	readonly region?: string;
	readonly size?: string;
	readonly ref?: ResourceRef;
	/** The line that does the same on the command line. */
	readonly cli: string;
	readonly note: string;
	readonly hoursPerMonth: number;
};

export const previewNote = 'This is a dry-run. No changes were made.';
