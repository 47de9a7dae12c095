/**
What a plugin may touch. Everything is denied unless it stands here and the person granted it; the reasons are shown when asking.
*/
export type PermissionSet = {
	readonly http?: readonly HttpPermission[];
	readonly fs?: readonly FsPermission[];
	readonly env?: readonly EnvPermission[];
	readonly exec?: readonly ExecPermission[];
	readonly secrets?: readonly SecretPermission[];
	readonly events?: EventPermission;
	readonly store?: StorePermission;
	readonly ui?: readonly UiPermission[];
};

export type PermissionKind = keyof PermissionSet;

export const httpMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
export type HttpMethod = (typeof httpMethods)[number];

export type HttpPermission = {
	/** Lower-case host names: exact, or one leading `*.` with at least two labels after it. Always https unless `privateNetwork`. */
	readonly hosts: readonly string[];
	/** All of them when absent. */
	readonly methods?: readonly HttpMethod[];
	/** Hosts of the local network, also by address and also without TLS; a grant of its own. */
	readonly privateNetwork?: boolean;
	readonly reason: string;
};

export const pathVariables = ['home', 'xdgConfig', 'pluginData', 'workspace'] as const;
export type PathVariable = (typeof pathVariables)[number];

export type FsPermission = {
	/** What `fs.read(id, …)` names; the position in the list, counted from 0, when absent. */
	readonly id?: string;
	/** Begins with one of `${home} ${xdgConfig} ${pluginData} ${workspace}`. */
	readonly path: string;
	/** `write` includes reading. */
	readonly access: 'read' | 'write';
	readonly reason: string;
};

export type EnvPermission = {
	/** One variable; no patterns. */
	readonly name: string;
	/** The value becomes the plugin's secret of this variable's name and is never handed out. */
	readonly as?: 'secret';
	readonly reason: string;
};

/** One word of a command line: as it stands, or a parameter whose whole value must match the pattern. */
export type ExecArgument = string | {readonly name: string; readonly pattern: string};

/** One command line that `exec.run(id, params)` may run; a second one is a second entry. */
export type ExecPermission = {
	readonly id: string;
	/** A bare name looked up in `PATH` once, or an absolute path. */
	readonly command: string;
	/** The words after the command: fixed ones and parameters, in order. No shell. */
	readonly args: readonly ExecArgument[];
	/** Whether it may have the person's terminal. */
	readonly tty?: boolean;
	readonly reason: string;
};

export type SecretInjection = {readonly header: string; readonly template: string} | {readonly field: string};

export type SecretPermission = {
	readonly name: string;
	/** What the person is asked for: `API token`. */
	readonly title: string;
	/**
	How the host puts the value into a request: `{header: 'authorization', template: 'Bearer {}'}`, or as a field of its body, which is
	a form or a JSON object: `{field: 'refresh_token'}`.
	*/
	readonly inject?: SecretInjection;
	/** Hosts it may be sent to; all of the plugin's `http` hosts when absent. */
	readonly hosts?: readonly string[];
	/** Whether the plugin gets the value itself: a grant of its own, with high risk. */
	readonly read?: boolean;
	/** Whether a login of the plugin may set it, out of the answer to a request (`keep`). */
	readonly keep?: boolean;
	readonly reason?: string;
};

/** Names are dotted; the last part may be `*`. */
export type EventPermission = {
	readonly subscribe?: readonly string[];
	readonly publish?: readonly string[];
	readonly reason?: string;
};

export type StorePermission = {
	readonly maxBytes: number;
	readonly reason?: string;
};

export const uiPermissions = ['notify', 'confirm', 'prompt', 'status'] as const;
export type UiPermission = (typeof uiPermissions)[number];
