/** Exit codes of the command line, see docs/cli.md. */
export const exitCodes = {
	done: 0,
	failed: 1,
	usage: 2,
	notFound: 3,
	denied: 4,
	unavailable: 5,
	cancelled: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

type CodeRecord = {readonly exit: ExitCode; readonly meaning: string; readonly cure: string};

/**
The one list of error codes. docs/errors.md is generated from it; a code is never reused for another meaning.
*/
export const errorCodes = {
	CWS_USAGE: {exit: 2, meaning: 'A command, flag or argument is not known.', cure: 'Run the verb with `--help`.'},
	CWS_INVALID_INPUT: {
		exit: 2,
		meaning: 'A value does not fit the schema of its field.',
		cure: 'Change the named field; `cws providers` lists what a type takes.',
	},
	CWS_INVALID_NAME: {
		exit: 2,
		meaning: 'A name has characters or a length the provider does not take.',
		cure: 'Use lower-case letters, digits and dashes.',
	},
	CWS_CONFIG: {
		exit: 2,
		meaning: 'The configuration file has an unknown key, a wrong value or a syntax error.',
		cure: 'Open the named file at the named line.',
	},
	CWS_NO_TTY: {exit: 2, meaning: 'This needs a terminal and there is none.', cure: 'Run it in a terminal, or use the verb with `--json`.'},
	CWS_NOT_FOUND: {exit: 3, meaning: 'No resource has this name, id or reference.', cure: 'See `cws list`.'},
	CWS_AMBIGUOUS: {exit: 3, meaning: 'A name matches more than one resource.', cure: 'Use one of the listed references.'},
	CWS_NO_PROVIDER: {exit: 3, meaning: 'No plugin provides this provider or type.', cure: 'See `cws providers`.'},
	CWS_NO_PLUGIN: {exit: 3, meaning: 'No plugin has this id.', cure: 'See `cws plugin list`.'},
	CWS_NO_TASK: {exit: 3, meaning: 'No operation has this id.', cure: 'See `cws tasks`.'},
	CWS_NAME_TAKEN: {exit: 1, meaning: 'A resource of this name exists already.', cure: 'Choose another name, or destroy the old one.'},
	CWS_PORT_TAKEN: {exit: 1, meaning: 'The port is in use.', cure: 'Choose another port, or stop what listens there.'},
	CWS_COMMAND_NOT_FOUND: {exit: 1, meaning: 'The program of a workstation is not installed.', cure: 'Install it, or give its full path.'},
	CWS_COMMAND_FAILED: {
		exit: 1,
		meaning: 'A program that cws ran failed or took too long.',
		cure: 'See the cause; run it by hand to learn more.',
	},
	CWS_DENIED: {
		exit: 4,
		meaning: 'The confirmation is missing or does not match, or the resource is protected.',
		cure: 'Confirm as the message says.',
	},
	CWS_NOT_SUPPORTED: {
		exit: 4,
		meaning: 'This resource or provider cannot do this operation.',
		cure: '`cws providers` says what it can.',
	},
	CWS_INVALID_STATE: {
		exit: 4,
		meaning: 'The operation does not fit the state the resource is in.',
		cure: 'Wait for the running operation, or refresh.',
	},
	CWS_CONFLICT: {exit: 4, meaning: 'Another operation on this resource is running.', cure: 'Wait for it or cancel it; see `cws tasks`.'},
	CWS_PROVIDER_FAILED: {
		exit: 1,
		meaning: 'The provider refused or failed the operation.',
		cure: 'See the cause; `cws events` has the history.',
	},
	CWS_PROVIDER_UNAVAILABLE: {exit: 5, meaning: 'The provider does not answer.', cure: 'See `cws health`.'},
	CWS_NEEDS_LOGIN: {exit: 5, meaning: 'The provider does not accept the credentials.', cure: 'Log in as the message says.'},
	CWS_SECRET_MISSING: {
		exit: 5,
		meaning: 'A plugin needs a secret that is not set.',
		cure: 'Run `cws secrets set PLUGIN NAME`.',
	},
	CWS_SECRETS: {
		exit: 1,
		meaning: 'The place where secrets are kept cannot be read or written.',
		cure: 'See the cause; `cws secrets list` says where they are kept.',
	},
	CWS_THROTTLED: {exit: 5, meaning: 'The provider limits the rate of requests.', cure: 'Wait; cws retries by itself.'},
	CWS_PLUGIN_FAILED: {exit: 5, meaning: 'A plugin threw an error.', cure: 'See `cws plugin status ID`.'},
	CWS_PLUGIN_TIMEOUT: {
		exit: 5,
		meaning: 'A plugin did not answer in time.',
		cure: 'See `cws plugin status ID`; raise `limits` in its manifest if it is just slow.',
	},
	CWS_PLUGIN_CRASHED: {
		exit: 5,
		meaning: 'A plugin worker ended or was stopped for using too much.',
		cure: 'It restarts by itself; see `cws plugin status ID`.',
	},
	CWS_PLUGIN_QUARANTINED: {
		exit: 5,
		meaning: 'A plugin failed too often and was put aside.',
		cure: 'Run `cws plugin reload ID` to try it again.',
	},
	CWS_PLUGIN_DISABLED: {exit: 5, meaning: 'The plugin is disabled.', cure: 'Run `cws plugin enable ID`.'},
	CWS_PLUGIN_PROTOCOL: {exit: 5, meaning: 'A plugin broke the protocol.', cure: 'Report it to the author of the plugin.'},
	CWS_PLUGIN_MANIFEST: {exit: 2, meaning: 'A `plugin.json` is not valid.', cure: 'Mend the named field.'},
	CWS_PLUGIN_INCOMPATIBLE: {
		exit: 2,
		meaning: 'A plugin was made for another version of cws or of its plugin API.',
		cure: 'Update cws or the plugin, whichever is older.',
	},
	CWS_PLUGIN_BUILD: {
		exit: 1,
		meaning: 'The code of a plugin cannot be made into one script.',
		cure: 'Mend the named line; a plugin finds the objects of its context and no module of Node.',
	},
	CWS_PLUGIN_PACKAGE: {
		exit: 2,
		meaning: 'A `.cwsplugin` file is not what it should be.',
		cure: 'Get it again, or ask its author to pack it again with `cws plugin pack`.',
	},
	CWS_PLUGIN_UNTRUSTED: {
		exit: 4,
		meaning: 'A plugin lies in the `plugins` folder of a directory that nobody has trusted yet.',
		cure: 'Run `cws plugin trust .` there if you know where it comes from.',
	},
	CWS_PLUGIN_DEPENDENCY: {
		exit: 5,
		meaning: 'A plugin needs another plugin or a service that is not there or cannot run.',
		cure: 'Install, enable or mend what it needs; `cws plugin status ID` names it.',
	},
	CWS_PLUGIN_RELOADED: {
		exit: 5,
		meaning: 'A plugin was replaced by a new version or new settings while it worked on a call.',
		cure: 'Try again; the new one answers.',
	},
	CWS_SERVICE_UNAVAILABLE: {
		exit: 5,
		meaning: 'A service that one plugin uses of another is gone, or cannot be called from there.',
		cure: 'See the plugin that offers it: `cws plugin list`.',
	},
	CWS_PLUGIN_DENIED: {
		exit: 4,
		meaning: 'A plugin tried what its permissions do not cover.',
		cure: '`cws plugin status ID` lists what it may; only its author can ask for more.',
	},
	CWS_PLUGIN_CONSENT: {
		exit: 4,
		meaning: 'A plugin asks for permissions that nobody has allowed yet.',
		cure: 'Read what it asks for with `cws plugin status ID`, then allow it.',
	},
	CWS_PLUGIN_QUOTA: {
		exit: 5,
		meaning: 'A plugin reached one of its limits: size, rate or count.',
		cure: 'See `cws plugin status ID`; the message names the limit.',
	},
	CWS_FILE: {exit: 1, meaning: 'A file cannot be read or written.', cure: 'Check that it is there and who may read and write it.'},
	CWS_DID_NOT_CONVERGE: {
		exit: 1,
		meaning: 'The provider accepted an operation, but the resource did not reach its state in time.',
		cure: 'Refresh; see `cws show REF`.',
	},
	CWS_CANCELLED: {exit: 130, meaning: 'The operation was cancelled.', cure: 'Start it again when you want it.'},
	CWS_STORE: {exit: 1, meaning: 'The database cannot be read or written.', cure: 'Check the directory, its rights and the free space.'},
	CWS_STORE_NEWER: {
		exit: 1,
		meaning: 'The database was written by a newer cws.',
		cure: 'Update cws, or set `CWS_HOME` to another directory.',
	},
	CWS_DISK_FULL: {exit: 1, meaning: 'The disk is full.', cure: 'Free some space; cws goes on in memory until then.'},
	CWS_READ_ONLY: {exit: 1, meaning: 'A directory cws needs cannot be written.', cure: 'Set `CWS_HOME` to a directory you can write.'},
	CWS_NODE_TOO_OLD: {exit: 1, meaning: 'The Node that runs cws is too old.', cure: 'Install Node 24.13 or newer.'},
	CWS_TEMPLATE: {exit: 2, meaning: 'A template is not valid or cannot be launched.', cure: 'Run `cws template validate NAME`.'},
	CWS_THEME: {exit: 2, meaning: 'A theme is unknown or not valid.', cure: 'See `cws theme list`.'},
	CWS_INTERNAL: {exit: 1, meaning: 'A bug in cws.', cure: 'Report it with the log file that the message names.'},
} as const satisfies Record<`CWS_${string}`, CodeRecord>;

/** A code of docs/errors.md. */
export type ErrorCode = keyof typeof errorCodes;

export const exitCodeOf = (code: ErrorCode): ExitCode => errorCodes[code].exit;
