import {type PermissionKind} from '../manifest/permissions.ts';

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
	/** Only plugins that are signed may run, beside the bundled ones. */
	readonly requireSigned?: boolean;
	/** Kinds of permission that no plugin from outside may have. */
	readonly forbidPermissions?: readonly PermissionKind[];
	/** Where it says so, for the person who is stopped: the path of the file. */
	readonly file?: string;
};
