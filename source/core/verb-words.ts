/** What a verb of the command line keeps for itself behind its name. */
export type VerbWords = {
	/** The words that choose what it does: `list`, `use`. */
	readonly words?: readonly string[];
	/** Its first word is a name that a person chose: no command can hang under it, for a resource may be called so. */
	readonly takesName?: true;
};

const named: VerbWords = {takesName: true};
const plain: VerbWords = {};

/** Every verb. No plugin may take one, and a command of a plugin may hang under those that take no name. */
export const verbWords: Readonly<Record<string, VerbWords>> = {
	deploy: named,
	launch: named,
	list: named,
	show: named,
	logs: named,
	connect: named,
	start: named,
	stop: named,
	restart: named,
	hibernate: named,
	resume: named,
	destroy: named,
	cost: plain,
	estimate: named,
	providers: plain,
	health: plain,
	doctor: plain,
	plugin: {
		words: (
			'list status config enable disable reload load unload rescan trust grant deny install update remove search ' +
			'new dev test pack sign verify run'
		).split(' '),
	},
	events: plain,
	tasks: plain,
	task: {words: ['cancel', 'retry', 'run', 'pause', 'resume']},
	audit: plain,
	auth: {words: ['status', 'login', 'refresh', 'logout']},
	theme: {words: ['list', 'use', 'check']},
	template: {words: ['list', 'show', 'validate']},
	secrets: named,
	config: {words: ['list', 'get', 'set', 'unset', 'path', 'validate']},
	completion: {words: ['bash', 'zsh', 'fish']},
	demo: plain,
	help: plain,
};

/** Other names of verbs. */
export const verbAliases: Readonly<Record<string, string>> = {plugins: 'plugin', ls: 'list'};

/** Flags every verb takes, in camel case. */
export const globalFlagNames: readonly string[] = [
	'json',
	'quiet',
	'verbose',
	'config',
	'pluginDir',
	'pluginConfig',
	'color',
	'plain',
	'help',
];
