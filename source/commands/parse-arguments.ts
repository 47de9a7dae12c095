import {failure} from '../core/failure/failure.ts';
import {nearest} from '../core/text/nearest.ts';
import {failed, ok, type Outcome} from '../core/failure/outcome.ts';
import {toKebab} from '../core/text/kebab.ts';
import {type FlagSpec, type Flags, type Verb} from './shared/verb.ts';

export type ParsedArguments = {
	readonly input: readonly string[];
	readonly rest: readonly string[];
	readonly flags: Flags;
};

/** Flags every verb takes. */
export const globalFlags: Readonly<Record<string, FlagSpec>> = {
	json: {type: 'boolean', short: 'print the same object the dashboard shows'},
	quiet: {type: 'boolean', short: 'no progress on stderr'},
	verbose: {type: 'boolean', short: 'what the plugins log, on stderr'},
	config: {type: 'string', value: 'PATH', short: 'read this file instead of the user configuration'},
	pluginDir: {type: 'string', value: 'PATH', isMultiple: true, short: 'look for plugins here first'},
	pluginConfig: {type: 'string', value: 'ID.FIELD=VALUE', isMultiple: true, short: 'an option of a plugin, over every other source'},
	color: {type: 'boolean', short: 'colour the output; `--no-color` turns it off'},
	plain: {type: 'boolean', short: 'linear text without borders, colours or movement'},
	help: {type: 'boolean', alias: 'h', short: 'show the help of a verb'},
};

/** Parses the arguments behind a verb by its flag table; says which flag is unknown and what it may have meant. */
export async function parseArguments(verb: Verb, argv: readonly string[]): Promise<Outcome<ParsedArguments>> {
	const {default: meow} = await import('meow');
	const at = argv.indexOf('--');
	const own = at === -1 ? argv : argv.slice(0, at);
	const specs = {...globalFlags, ...verb.pluginFlags, ...verb.flags};
	const cli = meow({
		importMeta: import.meta,
		pkg: {name: 'cws'},
		argv: joinDashed(own, specs),
		autoHelp: false,
		autoVersion: false,
		inferType: false,
		// Otherwise a flag nobody gave would read as `--no-flag`.
		booleanDefault: undefined,
		flags: Object.fromEntries(
			Object.entries(specs).map(([name, {type, alias, isMultiple}]) => [
				name,
				{type, ...(alias !== undefined && {shortFlag: alias}), ...(isMultiple && {isMultiple: true})},
			]),
		) as Record<string, {type: 'string'}>,
	});

	const usage = (message: string, fix: string) => failed(failure('CWS_USAGE', {message, fix}));
	const help = `cws ${verb.name} --help`;
	for (const [name, value] of Object.entries(cli.flags as Flags)) {
		const spec = specs[name];
		if (!spec) {
			const flag = `--${toKebab(name)}`;
			const meant = nearest(name, Object.keys(specs));
			return usage(`\`${flag}\` is not a flag of \`cws ${verb.name}\`.`, meant ? `\`--${toKebab(meant)}\`, or ${help}` : help);
		}

		if (spec.type === 'string' && value === '') {
			return usage(`\`--${toKebab(name)}\` needs a value.`, help);
		}

		if (spec.type === 'number' && value !== undefined && !Number.isFinite(value)) {
			return usage(`\`--${toKebab(name)}\` needs a number.`, help);
		}

		if (spec.choices && typeof value === 'string' && !spec.choices.includes(value)) {
			return usage(`\`--${toKebab(name)}\` takes ${spec.choices.join(', ')}; not \`${value}\`.`, help);
		}
	}

	if (cli.flags.help) {
		return ok({input: [], rest: [], flags: cli.flags});
	}

	if (cli.input.length < verb.minimum) {
		return usage(
			`\`cws ${verb.name}\` needs ${
				verb.usage
					.split(' ')
					.filter(word => word.startsWith('<'))
					.join(' ') || 'more arguments'
			}.`,
			help,
		);
	}

	if (cli.input.length > verb.maximum) {
		return usage(`\`${cli.input[verb.maximum]}\` is one argument too many.`, help);
	}

	return ok({input: cli.input, rest: at === -1 ? [] : argv.slice(at + 1), flags: cli.flags});
}

// `--sort -hourly`: what follows a flag that takes a text is its value, also with a dash in front.
function joinDashed(argv: readonly string[], specs: Readonly<Record<string, FlagSpec>>): readonly string[] {
	const texts = new Set(
		Object.entries(specs)
			.filter(([, {type}]) => type === 'string')
			.map(([name]) => `--${toKebab(name)}`),
	);
	const aliases = new Set(Object.values(specs).map(({alias}) => `-${alias}`));
	return argv.flatMap((word, index) => {
		const [before, after] = [argv[index - 1], argv[index + 1]];
		const isValue = (value: string | undefined) => value !== undefined && /^-[^-]{2,}/.test(value) && !aliases.has(value);
		if (before !== undefined && texts.has(before) && isValue(word)) {
			return [];
		}

		return texts.has(word) && isValue(after) ? [`${word}=${after}`] : [word];
	});
}
