import {type LoginFlow} from '../login.ts';
import {type Json, type JsonSchema} from '../schema/json.ts';
import {type ResourceOperation} from '../resource.ts';

/** What a plugin adds to cws, readable without running it. Every `handler` is a key of the record of the same name in its code. */
export type Contributions = {
	readonly resourceTypes?: readonly ResourceTypeContribution[];
	readonly commands?: readonly CommandContribution[];
	/** Flags outside the plugin's own commands. */
	readonly flags?: readonly GlobalFlagContribution[];
	readonly endpoints?: readonly EndpointContribution[];
	readonly events?: readonly EventContribution[];
	readonly tasks?: readonly TaskContribution[];
	readonly middleware?: readonly MiddlewareContribution[];
	readonly templateTypes?: readonly TemplateTypeContribution[];
	readonly serviceTypes?: readonly ServiceTypeContribution[];
	readonly templates?: readonly TemplateContribution[];
	readonly panes?: readonly PaneContribution[];
	readonly themes?: readonly ThemeContribution[];
	readonly authProviders?: readonly AuthProviderContribution[];
	readonly storageProviders?: readonly StorageProviderContribution[];
};

export type ContributionKind = keyof Contributions;

export type SizeOption = {
	readonly name: string;
	readonly title?: string;
	readonly cpus?: number;
	readonly memoryMb?: number;
};

export type ResourceTypeContribution = {
	readonly type: string;
	readonly title?: string;
	readonly plural?: string;
	/** Provider name in references and columns; the plugin's id unless the plugin speaks for several (the mock does). */
	readonly provider?: string;
	readonly operations: readonly ResourceOperation[];
	/** JSON Schema of the deploy form's own fields; name, region and size are the host's. */
	readonly form?: JsonSchema;
	/** Columns of its own beside the host's. */
	readonly columns?: readonly ColumnContribution[];
	readonly regions?: readonly string[];
	readonly sizes?: readonly SizeOption[];
	/** Seconds between two polls; the engine's default otherwise. */
	readonly pollSeconds?: number;
	/** Seconds after which an accepted operation that did not reach its state is called diverged. */
	readonly convergeSeconds?: number;
	/** It waits in a queue and ends by itself, as a batch job does: being in the queue is as good as running, and what waits can be stopped. */
	readonly isQueued?: boolean;
};

export type ColumnContribution = {
	readonly title: string;
	/** Dotted path in a resource: `meta.partition`, `tags.team`. */
	readonly field: string;
	readonly format?: 'text' | 'number' | 'bytes' | 'duration' | 'time' | 'percent';
	readonly align?: 'left' | 'right';
	/** Cells it would like to have. */
	readonly width?: number;
};

export type CommandContribution = {
	readonly name: string;
	/** The command it hangs under; several words for a deeper one. A verb of cws, this plugin's, or another plugin's. */
	readonly parent?: string;
	/** `report <month> --type weekly`: `<x>` is needed, `[x]` may be left out, `[x…]` takes many. */
	readonly usage?: string;
	/** One line for the list of commands. */
	readonly short: string;
	/** Paragraphs for its own help. */
	readonly long?: string;
	readonly aliases?: readonly string[];
	readonly flags?: readonly FlagContribution[];
	/** A command without one only groups others. */
	readonly handler?: string;
};

export type FlagContribution = {
	/** Camel case; typed with dashes on the command line. */
	readonly name: string;
	readonly type: 'string' | 'boolean' | 'number';
	/** One line of help. */
	readonly short?: string;
	/** One letter. */
	readonly alias?: string;
	/** How its value is called in the help: `PATH`. */
	readonly value?: string;
	readonly choices?: readonly string[];
	readonly default?: string | boolean | number;
	readonly isMultiple?: boolean;
	readonly isRequired?: boolean;
};

export type GlobalFlagContribution = FlagContribution & {
	/** Verbs that take it; all of them when absent. */
	readonly verbs?: readonly string[];
};

export type EndpointContribution = {
	readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Below the plugin's own prefix: `/usage`, `/jobs/{id}`. */
	readonly path: string;
	/** Needs a token; true unless said otherwise. */
	readonly protected?: boolean;
	/** `<area>.<verb>` names the caller's token must have. */
	readonly permissions?: readonly string[];
	/** Requests a minute and client. */
	readonly rateLimit?: number;
	readonly short?: string;
	readonly handler: string;
};

export type EventContribution = {
	/** `instance.launched`; the last part may be `*`. */
	readonly on: string;
	/** 0 to 1000, lower first; 500 when absent. */
	readonly priority?: number;
	readonly handler: string;
};

export type TaskContribution = {
	readonly name: string;
	readonly title?: string;
	/** At least 1. */
	readonly everySeconds: number;
	/** The first run comes after one interval; false when absent. */
	readonly skipInitialRun?: boolean;
	/** True when absent. */
	readonly enabled?: boolean;
	readonly handler: string;
};

export type MiddlewareContribution = {
	readonly name: string;
	/** 0 to 1000, lower is further out; 500 when absent. */
	readonly priority?: number;
	readonly handler: string;
};

export type TemplateTypeContribution = {
	readonly type: string;
	readonly title?: string;
	/** The key of the section in a template's YAML: `slurm_config`. */
	readonly section: string;
	/** JSON Schema of that section. A key goes to the deploy field of its name in camel case, or to the one of its `x-field`. */
	readonly schema: JsonSchema;
	/** Further keys beside the section, each with its schema: `job_script`. */
	readonly keys?: Readonly<Record<string, JsonSchema>>;
	/** The resource type a launch makes. */
	readonly resourceType?: string;
};

export type ServiceTypeContribution = {
	readonly type: string;
	readonly title?: string;
	readonly description?: string;
	/** The resource type a template of this service type is launched as. */
	readonly resourceType: string;
	/** The template type whose section such a template needs. */
	readonly templateType?: string;
};

/** A YAML template: a file of the plugin's folder, its text, or the handler that makes its text. */
export type TemplateContribution = {
	readonly name: string;
	readonly title?: string;
	readonly file?: string;
	readonly text?: string;
	/** The key of the plugin's `templates` that makes it; the plugin is started for it whenever templates are looked at. */
	readonly handler?: string;
};

export type PanePlacement = 'tab' | 'detail' | 'statusBar' | 'dashboard';

export type PaneContribution = {
	readonly id: string;
	readonly title: string;
	readonly placement: PanePlacement;
	/** The key of the plugin's `panes` that gives what is drawn. */
	readonly view: string;
	/** Matters to `detail`: beside resources of these types, or without any beside the plugin itself. */
	readonly resourceTypes?: readonly string[];
	/** Seconds between two readings while it is seen; at least 1, 5 when absent. */
	readonly everySeconds?: number;
};

/** A theme as themes/schema.json has it: a file of the plugin's folder, or the theme itself. */
export type ThemeContribution = {
	readonly name: string;
	readonly title?: string;
	readonly file?: string;
	readonly theme?: {readonly [key: string]: Json};
};

export type AuthProviderContribution = {
	readonly id: string;
	readonly title: string;
	/** The first one is taken when nobody says which. */
	readonly flows: readonly LoginFlow[];
	/** Secrets of the plugin that hold its tokens: a logout deletes them. */
	readonly secrets?: readonly string[];
	readonly handler: string;
};

export type StorageProviderContribution = {
	readonly id: string;
	readonly title: string;
	readonly operations: readonly ('create' | 'list' | 'attach' | 'detach' | 'resize' | 'delete')[];
	readonly handler: string;
};
