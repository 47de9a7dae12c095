/** One view command as palette and help list it. */
export type CommandItem = {
	readonly id: string;
	readonly title: string;
	/** Empty when unbound. */
	readonly keys: readonly string[];
	/** Where it holds, in words: `everywhere`, `resources`, `plugins` … */
	readonly place: string;
	/** Why it cannot run now; absent when it can. */
	readonly disabledReason?: string;
};
