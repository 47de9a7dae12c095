import {type KeyScope} from '../../../keymap/binding.ts';
import {type Keymap} from '../../../keymap/keymap.ts';
import {type Line, lineWidth, span, spreadLine} from '../line/line.ts';

type Options = {
	readonly keymap: Keymap;
	/** Places whose keys hold now, the nearest first. */
	readonly scopes: readonly KeyScope[];
	/** Commands that have a key here but cannot run now. */
	readonly isOff?: (command: string) => boolean;
	/** A hint before all others. */
	readonly first?: Line;
	readonly width: number;
	readonly note: Line;
};

/** ` n deploy  a actions …  ? help      2 marked · midnight`: the keys of the focused place, from the one table. */
export function hintLine({keymap, scopes, isOff = () => false, first, width, note}: Options): Line {
	const hints = hintsOf(keymap, scopes, isOff);
	const room = width - lineWidth(note) - 3;
	const last = hints.filter(hint => hint.isLast);
	const shown: Line[] = first === undefined ? [] : [first];
	let used = [...shown, ...last.map(({line}) => line)].reduce((sum, line) => sum + lineWidth(line) + 2, 1);
	for (const hint of hints.filter(entry => !entry.isLast)) {
		used += lineWidth(hint.line) + 2;
		if (used > room) {
			break;
		}

		shown.push(hint.line);
	}

	const all = [...shown, ...last.map(hint => hint.line)];
	return spreadLine([' ', ...all.flatMap((line, index) => (index === 0 ? line : ['  ', ...line]))], [...note, ' '], width);
}

// Palette and help lead to everything else, so they are the last to go.
const lastOrder = 90;

function hintsOf(
	keymap: Keymap,
	scopes: readonly KeyScope[],
	isOff: (command: string) => boolean,
): readonly {readonly line: Line; readonly isLast: boolean}[] {
	const taken = new Set<string>();
	return scopes
		.flatMap(scope => {
			const here = keymap.bindings.filter(binding => binding.scope === scope && binding.keys.length > 0);
			// A key that a nearer place has taken does something else here.
			const free = here.filter(({keys}) => !taken.has(keys[0]!));
			for (const key of here.flatMap(({keys}) => keys)) {
				taken.add(key);
			}

			return free.filter(({hint, command}) => hint !== undefined && !isOff(command));
		})
		.toSorted((a, b) => (a.hintOrder ?? 50) - (b.hintOrder ?? 50))
		.map(({keys, hint, hintOrder = 50}) => ({
			line: [span('key', keys[0]!), span('text.muted', ` ${hint}`)],
			isLast: hintOrder >= lastOrder,
		}));
}
