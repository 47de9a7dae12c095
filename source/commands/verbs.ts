import {type Verb} from './shared/verb.ts';

/** Every verb with the module that holds it: only the one that runs is loaded. */
export const verbLoaders: Readonly<Record<string, () => Promise<Verb>>> = {
	deploy: async () => (await import('./resources/deploy.ts')).deploy,
	launch: async () => (await import('./resources/launch.ts')).launch,
	list: async () => (await import('./resources/list.ts')).list,
	show: async () => (await import('./resources/show.ts')).show,
	logs: async () => (await import('./resources/logs.ts')).logs,
	connect: async () => (await import('./resources/connect.ts')).connect,
	start: async () => (await import('./resources/lifecycle.ts')).start,
	stop: async () => (await import('./resources/lifecycle.ts')).stop,
	restart: async () => (await import('./resources/lifecycle.ts')).restart,
	hibernate: async () => (await import('./resources/lifecycle.ts')).hibernate,
	resume: async () => (await import('./resources/lifecycle.ts')).resume,
	destroy: async () => (await import('./resources/destroy.ts')).destroy,
	cost: async () => (await import('./resources/cost.ts')).cost,
	estimate: async () => (await import('./resources/estimate.ts')).estimate,
	providers: async () => (await import('./resources/providers.ts')).providers,
	health: async () => (await import('./plugins/health.ts')).health,
	doctor: async () => (await import('./plugins/doctor.ts')).doctor,
	plugin: async () => (await import('./plugins/plugin.ts')).plugin,
	events: async () => (await import('./records/events.ts')).events,
	tasks: async () => (await import('./records/tasks.ts')).tasks,
	task: async () => (await import('./records/task.ts')).task,
	audit: async () => (await import('./records/audit.ts')).audit,
	theme: async () => (await import('./settings/theme.ts')).theme,
	secrets: async () => (await import('./settings/secrets.ts')).secrets,
	config: async () => (await import('./settings/config.ts')).config,
	demo: async () => (await import('./dashboard/demo.ts')).demo,
};

export const verbAliases: Readonly<Record<string, string>> = {plugins: 'plugin', ls: 'list'};
