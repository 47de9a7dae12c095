/** What the administrator of the machine decided about plugins; nothing a person grants goes beyond it. */
export type PluginPolicy = {
	/** Only these ids may run, beside the bundled ones. */
	readonly allow?: readonly string[];
	/** These ids may not run, bundled ones too. */
	readonly deny?: readonly string[];
	/** Lowest version of a plugin by its id: older ones have a known hole. */
	readonly minimumVersions?: Readonly<Record<string, string>>;
	/** Plugins from outside run in processes of their own. */
	readonly isolation?: 'process';
	/** Where it says so, for the person who is stopped: the path of the file. */
	readonly file?: string;
};
