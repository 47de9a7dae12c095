import {type ExecArgument} from '../manifest/permissions.ts';

/** Longer values are refused whatever the pattern says: no command line needs them. */
const maxParameterLength = 4096;

/** Whether a pattern takes a value as a whole. Both come from the plugin, so it must end soon whatever they are. */
export type PatternMatcher = (pattern: string, value: string) => boolean;

export type ArgvAnswer = {readonly args: readonly string[]} | {readonly problem: string};

/**
Fills the parameters of a command line. A value is one word, never several: there is no shell. It must match the pattern as a whole.
Values with control characters are refused, and so are those that begin with a dash: a parameter must not become a flag.
*/
export function fillArguments(
	template: readonly ExecArgument[],
	params: Readonly<Record<string, unknown>>,
	matches: PatternMatcher,
): ArgvAnswer {
	const names = new Set(template.flatMap(part => (typeof part === 'string' ? [] : [part.name])));
	const unknown = Object.keys(params).find(name => !names.has(name));
	if (unknown !== undefined) {
		return {problem: `it has no parameter \`${unknown}\``};
	}

	const args: string[] = [];
	for (const part of template) {
		if (typeof part === 'string') {
			args.push(part);
			continue;
		}

		const value = Object.hasOwn(params, part.name) ? params[part.name] : undefined;
		if (typeof value !== 'string') {
			return {problem: `its parameter \`${part.name}\` is missing or no text`};
		}

		if (!isPlain(value) || value.startsWith('-') || !matches(part.pattern, value)) {
			return {problem: `its parameter \`${part.name}\` does not match \`${part.pattern}\``};
		}

		args.push(value);
	}

	return {args};
}

const isPlain = (value: string): boolean => value.length <= maxParameterLength && !/\p{Cc}/u.test(value) && value.isWellFormed();

/**
Whether every command line of `asked` is one of `granted`: the same words, a parameter where there was one. Which values one pattern
takes and another does not cannot be told, so another pattern, or a word in place of a parameter, counts as more.
*/
export const coversArguments = (granted: readonly ExecArgument[], asked: readonly ExecArgument[]): boolean =>
	granted.length === asked.length &&
	granted.every((part, index) => {
		const other = asked[index]!;
		return typeof part === 'string' || typeof other === 'string' ? part === other : part.pattern === other.pattern;
	});

/** A command line as a person reads it: `hcloud server ssh <name>`. */
export const showCommand = (command: string, args: readonly ExecArgument[]): string =>
	[command, ...args.map(part => (typeof part === 'string' ? quoted(part) : `<${part.name}>`))].join(' ');

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`);
