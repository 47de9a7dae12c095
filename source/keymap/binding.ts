/** Where a binding holds. The focused place beats `global`. */
export type KeyScope =
	| 'global'
	| 'list'
	| 'resources'
	| 'plugins'
	| 'activity'
	| 'cost'
	| 'text'
	| 'logs'
	| 'describe'
	| 'tasks'
	| 'plugin'
	| 'view'
	| 'secrets'
	| 'templates'
	| 'config'
	| 'dialog'
	| 'actions';

/** A record of the one table that help, the hint bar, docs, palette and the conflict check are made from. */
export type Binding = {
	/** View command id, for example `resources.destroy`; the key of `keys.<command>` in the config. */
	readonly command: string;
	readonly scope: KeyScope;
	readonly keys: readonly string[];
	/** For help and the palette: `Destroy the selected resource`. */
	readonly title: string;
	/** One word for the hint bar; absent when it is not shown there. */
	readonly hint?: string;
	/** Order in the hint bar, lower first. */
	readonly hintOrder?: number;
};
