import {type Binding, type KeyScope} from './binding.ts';
import {type KeyEvent} from './key-event.ts';

/** The bindings in force: defaults, preset and the person's own, merged. */
export type Keymap = {
	readonly bindings: readonly Binding[];
	/** The command of a key, looked up scope by scope: the first scope that knows the key wins. */
	readonly match: (scopes: readonly KeyScope[], key: KeyEvent) => Binding | undefined;
	/** The keys of a command, for hints and help; empty when unbound. */
	readonly keysOf: (command: string) => readonly string[];
	/** Two commands on one key of one scope, in words. */
	readonly conflicts: readonly string[];
};
