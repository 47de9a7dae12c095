export type KeyPreset = 'default' | 'k9s' | 'vim';

/** What a preset changes against the default table, in the form of the config: command → keys. */
export const presets: Readonly<Record<KeyPreset, Readonly<Record<string, readonly string[]>>>> = {
	default: {},
	// K9s deletes with ctrl+d; here that stays a movement, because muscle memory from other programs makes it one.
	k9s: {
		'resources.destroy': ['D', 'ctrl+k'],
		'resources.attention': ['z', 'ctrl+z'],
		'resources.wide': ['w', 'ctrl+w'],
		'global.suspend': [],
		'global.zoom': ['f', 'F'],
	},
	vim: {
		'global.back': ['q', 'Z'],
		'resources.copyId': ['c', 'Y'],
		'activity.nextTab': [']', 'right', 'L'],
		'activity.previousTab': ['[', 'left', 'H'],
		'resources.range': ['v', 'V'],
	},
};
