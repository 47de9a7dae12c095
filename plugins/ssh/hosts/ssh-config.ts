import {globSync, readFileSync} from 'node:fs';
import path from 'node:path';

const deepest = 16;

/** Host names a person can type after `ssh`: the patterns of `Host` lines that stand for one machine, Includes followed. */
export function hostNames(file: string, home: string): readonly string[] {
	return [...new Set(namesIn(file, home, 0))];
}

function namesIn(file: string, home: string, depth: number): readonly string[] {
	if (depth > deepest) {
		return [];
	}

	return linesOf(file).flatMap(line => {
		const [keyword, values] = split(line);
		switch (keyword) {
			case 'host': {
				return words(values).filter(isOneMachine);
			}

			case 'include': {
				return words(values)
					.flatMap(pattern => filesOf(pattern, home))
					.flatMap(included => namesIn(included, home, depth + 1));
			}

			// What a Match block adds is asked of ssh itself, for each machine.
			default: {
				return [];
			}
		}
	});
}

function linesOf(file: string): readonly string[] {
	try {
		return readFileSync(file, 'utf8').split(/\r?\n/);
	} catch {
		return [];
	}
}

/** `Host a b`, `Host=a b` and `  host "a b"` are the same to ssh. */
function split(line: string): readonly [string, string] {
	const match = /^\s*([A-Za-z]+)(?:\s*=\s*|\s+)(.*?)\s*$/.exec(line);
	return match === null ? ['', ''] : [match[1]!.toLowerCase(), match[2]!];
}

const words = (text: string): readonly string[] =>
	(text.match(/"[^"]*"|[^\s"]+/g) ?? []).map(word => (word.startsWith('"') ? word.slice(1, -1) : word));

const isOneMachine = (pattern: string): boolean => /^[A-Za-z0-9_][A-Za-z0-9_.:@-]*$/.test(pattern);

/** A relative Include of a person's file lies below `~/.ssh`. */
function filesOf(pattern: string, home: string): readonly string[] {
	const expanded = pattern.startsWith('~/') ? path.join(home, pattern.slice(2)) : pattern;
	const absolute = path.isAbsolute(expanded) ? expanded : path.join(home, '.ssh', expanded);
	try {
		return globSync(absolute).toSorted();
	} catch {
		return [];
	}
}
