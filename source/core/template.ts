import {type Failure} from './failure/failure.ts';
import {type Json} from './schema/json.ts';

/** Where a template was found. */
export type TemplatePlace = 'user' | 'project' | 'plugin';

/** The text of a template, not looked at yet. */
export type TemplateSource = {
	/** The word it is launched by. */
	readonly name: string;
	readonly place: TemplatePlace;
	readonly plugin?: string;
	/** The file, or the plugin's manifest where its text stands there. */
	readonly file: string;
	readonly text: string;
	/** Why there is no text. */
	readonly error?: Failure;
};

/** A file of a plugin's folder that is a template. */
export type PluginTemplateFile = {readonly plugin: string; readonly directory: string; readonly name: string; readonly file: string};

export type TemplateParameter = {
	readonly type: 'string' | 'int' | 'bool' | 'choice';
	readonly title?: string;
	readonly description?: string;
	readonly default?: string | number | boolean;
	readonly required?: boolean;
	/** Of a number the value, of a text its length. */
	readonly min?: number;
	readonly max?: number;
	/** The whole text has to match. */
	readonly pattern?: string;
	readonly choices?: readonly string[];
};

/** A template as it is written; what is absent may come from those it inherits. */
export type Template = {
	/** What a person reads. */
	readonly name?: string;
	readonly description?: string;
	readonly version?: string;
	/** Names of templates, the later over the earlier. */
	readonly inherits?: string | readonly string[];
	/** Made to be inherited, not to be launched. */
	readonly abstract?: boolean;
	/** What a plugin calls the thing that is made. */
	readonly service_type?: string;
	/** How one reaches it. */
	readonly connection_type?: string;
	/** The resource type, where no service type says it. */
	readonly type?: string;
	readonly provider?: string;
	readonly account?: string;
	readonly region?: string;
	readonly size?: string;
	readonly complexity?: string;
	readonly parameters?: Readonly<Record<string, TemplateParameter>>;
	/** Of the type's form. */
	readonly fields?: Readonly<Record<string, Json>>;
	readonly tags?: Readonly<Record<string, string>>;
	/** What an hour costs where the provider does not know. */
	readonly cost?: {readonly hourly: number; readonly currency?: string};
	/** What is to become of it when nobody uses it. */
	readonly idle?: {readonly minutes: number; readonly action: string};
} & {
	/** Sections and keys of the template types of plugins. */
	readonly [key: string]: unknown;
};

/** Something wrong with a template. */
export type TemplateProblem = {
	readonly message: string;
	readonly fix?: string;
	readonly file: string;
	/** From 1. */
	readonly line: number;
	readonly column: number;
};
