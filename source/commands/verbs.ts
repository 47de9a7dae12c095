import {type Verb} from './verb.ts';

/** Every verb with the module that holds it: only the one that runs is loaded. */
export const verbLoaders: Readonly<Record<string, () => Promise<Verb>>> = {
	deploy: async () => (await import('./deploy.ts')).deploy,
	launch: async () => (await import('./launch.ts')).launch,
	list: async () => (await import('./list.ts')).list,
	show: async () => (await import('./show.ts')).show,
	logs: async () => (await import('./logs.ts')).logs,
	connect: async () => (await import('./connect.ts')).connect,
	start: async () => (await import('./lifecycle.ts')).start,
	stop: async () => (await import('./lifecycle.ts')).stop,
	restart: async () => (await import('./lifecycle.ts')).restart,
	hibernate: async () => (await import('./lifecycle.ts')).hibernate,
	resume: async () => (await import('./lifecycle.ts')).resume,
	destroy: async () => (await import('./destroy.ts')).destroy,
	cost: async () => (await import('./cost.ts')).cost,
	estimate: async () => (await import('./estimate.ts')).estimate,
	providers: async () => (await import('./providers.ts')).providers,
	health: async () => (await import('./health.ts')).health,
	doctor: async () => (await import('./doctor.ts')).doctor,
	plugin: async () => (await import('./plugin.ts')).plugin,
	events: async () => (await import('./events.ts')).events,
	tasks: async () => (await import('./tasks.ts')).tasks,
	task: async () => (await import('./task.ts')).task,
	audit: async () => (await import('./audit.ts')).audit,
	theme: async () => (await import('./theme.ts')).theme,
	config: async () => (await import('./config.ts')).config,
	demo: async () => (await import('./demo.ts')).demo,
};

export const verbAliases: Readonly<Record<string, string>> = {plugins: 'plugin', ls: 'list'};
