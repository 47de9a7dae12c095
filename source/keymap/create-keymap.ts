import {nearest} from '../core/text/nearest.ts';
import {type Binding, type KeyScope} from './binding.ts';
import {bindings as defaultBindings} from './bindings.ts';
import {formatKey} from './key-event.ts';
import {type Keymap} from './keymap.ts';
import {parseKeyName} from './key-name.ts';
import {presets, type KeyPreset} from './presets.ts';

export type KeymapOptions = {
	/** `keys.<command>` of the config; an empty list unbinds. */
	readonly overrides?: Readonly<Record<string, readonly string[]>>;
	readonly preset?: KeyPreset;
};

/** Merges the default table, a preset and the person's own keys, and names every conflict. */
export function createKeymap({overrides = {}, preset = 'default'}: KeymapOptions = {}): Keymap {
	const problems: string[] = [];
	for (const command of Object.keys(overrides)) {
		if (!defaultBindings.some(binding => binding.command === command)) {
			const guess = nearest(
				command,
				defaultBindings.map(binding => binding.command),
			);
			problems.push(`\`keys.${command}\` names no command${guess === undefined ? '' : `, did you mean \`${guess}\`?`}`);
		}
	}

	const bindings = defaultBindings.map((binding): Binding => {
		const own = overrides[binding.command];
		if (own === undefined) {
			return {...binding, keys: presets[preset][binding.command] ?? binding.keys};
		}

		return {...binding, keys: own.flatMap(text => keyOf(text, binding.command, problems))};
	});
	const byScope = index(bindings, problems);
	const keysByCommand = new Map(bindings.map(({command, keys}) => [command, keys]));
	return {
		bindings,
		match(scopes, key) {
			const name = formatKey(key);
			for (const scope of scopes) {
				const binding = byScope.get(scope)?.get(name);
				if (binding !== undefined) {
					return binding;
				}
			}

			return undefined;
		},
		keysOf: command => keysByCommand.get(command) ?? [],
		conflicts: problems,
	};
}

function keyOf(text: string, command: string, problems: string[]): string[] {
	const key = parseKeyName(text);
	if (key === undefined) {
		problems.push(`\`keys.${command}\` has \`${text}\`, which is no key`);
		return [];
	}

	if (key === 'ctrl+c') {
		problems.push(`\`keys.${command}\` has \`ctrl+c\`, which always quits`);
		return [];
	}

	return [key];
}

// The first of two commands on one key keeps it.
function index(bindings: readonly Binding[], problems: string[]): Map<KeyScope, Map<string, Binding>> {
	const byScope = new Map<KeyScope, Map<string, Binding>>();
	for (const binding of bindings) {
		const keys = byScope.get(binding.scope) ?? new Map<string, Binding>();
		byScope.set(binding.scope, keys);
		for (const key of binding.keys) {
			const other = keys.get(key);
			if (other === undefined) {
				keys.set(key, binding);
			} else {
				problems.push(`\`${key}\` is bound to both \`${other.command}\` and \`${binding.command}\`; \`${other.command}\` keeps it`);
			}
		}
	}

	return byScope;
}
