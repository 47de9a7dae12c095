/** One permission as a person reads it: in the consent dialog, on the command line, in the plugin's detail. */
export type PermissionItem = {
	/** Key of the manifest's `permissions`: `http`, `exec` … */
	readonly kind: string;
	/** What it allows, in one line. */
	readonly title: string;
	/** Why, in the words of the plugin's author. */
	readonly reason: string;
	readonly risk: 'low' | 'high';
};
