import {type FlagContribution} from '../../core/manifest/contributions.ts';
import {failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {toCamel, toKebab} from '../../core/text/kebab.ts';
import {nearest} from '../../core/text/nearest.ts';
import {type FlagValue} from './command-flags.ts';

export type CommandLine = {readonly args: readonly string[]; readonly flags: Readonly<Record<string, FlagValue>>};

/** Reads the words behind a command as its manifest declares its flags; the engine checks the values. */
export function parseCommandLine(words: readonly string[], specs: readonly FlagContribution[]): Outcome<CommandLine> {
	const args: string[] = [];
	const flags: Record<string, FlagValue> = {};
	for (let index = 0; index < words.length; index++) {
		const word = words[index]!;
		if (word === '--') {
			args.push(...words.slice(index + 1));
			break;
		}

		const [, long, inline] = /^--([a-z][\w-]*)(?:=(.*))?$/s.exec(word) ?? [];
		const [, letter] = /^-([A-Za-z])$/.exec(word) ?? [];
		if (long === undefined && letter === undefined) {
			args.push(word);
			continue;
		}

		const isNo = long?.startsWith('no-') === true && !specs.some(({name}) => name === toCamel(long));
		const name = long === undefined ? '' : toCamel(isNo ? long.slice(3) : long);
		const spec = specs.find(one => (letter === undefined ? one.name === name : one.alias === letter));
		if (spec === undefined) {
			const meant = nearest(
				name,
				specs.map(one => one.name),
			);
			return failed(
				failure('CWS_USAGE', {
					message: `\`${word.split('=')[0]!}\` is not a flag of this command.`,
					...(meant !== undefined && {fix: `did you mean \`--${toKebab(meant)}\`?`}),
				}),
			);
		}

		if (spec.type === 'boolean') {
			flags[spec.name] = !isNo && inline !== 'false';
			continue;
		}

		const text = inline ?? words[++index];
		if (text === undefined || text === '') {
			return failed(failure('CWS_USAGE', {message: `\`--${toKebab(spec.name)}\` needs a value.`}));
		}

		const value = spec.type === 'number' ? Number(text) : text;
		if (typeof value === 'number' && !Number.isFinite(value)) {
			return failed(failure('CWS_USAGE', {message: `\`--${toKebab(spec.name)}\` needs a number.`}));
		}

		const before = flags[spec.name];
		flags[spec.name] = spec.isMultiple ? [...(Array.isArray(before) ? (before as readonly string[]) : []), text] : value;
	}

	return ok({args, flags});
}

/** The words of a line, with quotes as a shell has them. */
export const splitWords = (text: string): readonly string[] =>
	[...text.matchAll(/(?:[^\s"']+|"[^"]*"?|'[^']*'?)+/g)].map(([word]) => word.replaceAll(/["']/g, ''));
