import {type ExitCode} from '../../core/failure/error-codes.ts';
import {type App} from '../../app/create-app.ts';
import {type Printer} from './printer.ts';

export type FlagSpec = {
	readonly type: 'string' | 'boolean' | 'number';
	readonly short: string;
	readonly alias?: string;
	readonly value?: string;
	readonly isMultiple?: boolean;
	readonly choices?: readonly string[];
};

export type Flags = Readonly<Record<string, unknown>>;

/** One verb of the command line: parses its flags, calls the engine, prints. It holds no rule of its own. */
export type Verb = {
	readonly name: string;
	readonly aliases?: readonly string[];
	/** After the name: `<type> <name> --provider P`. */
	readonly usage: string;
	readonly short: string;
	readonly examples?: readonly string[];
	/** Paragraphs of its own help. */
	readonly long?: string;
	/** The plugin it comes from. */
	readonly from?: string;
	/** Commands of plugins that hang under it. */
	readonly children?: readonly {readonly name: string; readonly short: string}[];
	/** Flags plugins add; each sets an option of its plugin for this run. */
	readonly pluginFlags?: Readonly<Record<string, FlagSpec & {readonly plugin: string; readonly option: string}>>;
	readonly flags?: Readonly<Record<string, FlagSpec>>;
	/** Looks once at what is there, changes nothing and ends: nothing is left to be cleaned up when ctrl+c ends it at once. */
	readonly isLook?: boolean;
	readonly minimum: number;
	readonly maximum: number;
	readonly run: (context: VerbContext) => Promise<ExitCode>;
};

export type VerbContext = {
	readonly input: readonly string[];
	/** What stood behind `--`. */
	readonly rest: readonly string[];
	readonly flags: Flags;
	readonly print: Printer;
	/** Builds the application on first use. */
	readonly app: () => Promise<App>;
	/** Aborts on ctrl+c. */
	readonly signal: AbortSignal;
	readonly isInteractive: boolean;
};

export const stringFlag = (flags: Flags, name: string): string | undefined => {
	const value = flags[name];
	return typeof value === 'string' && value !== '' ? value : undefined;
};

export const listFlag = (flags: Flags, name: string): readonly string[] => {
	const value = flags[name];
	return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
};
