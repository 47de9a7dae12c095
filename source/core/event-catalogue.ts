/** One event plugins may handle. */
export type EventKind = {
	readonly name: string;
	/** What is in its `data`, beside the fields every event has. */
	readonly payload: string;
	/** A handler may return changes, which are checked and used. */
	readonly isPrepared?: true;
	/** Of several about the same thing that wait, only the newest is worth hearing. */
	readonly isLatestOnly?: true;
};

const operation = 'operation: its id';

/** Every event of cws; plugins add their own below their id and below `custom.`. docs/events.md says when each happens. */
export const eventCatalogue: readonly EventKind[] = [
	{name: 'app.ready', payload: 'nothing'},
	{name: 'app.shutdown', payload: 'nothing'},
	{name: 'plugin.started', payload: 'nothing'},
	{name: 'plugin.reloaded', payload: 'nothing'},
	{name: 'plugin.unloaded', payload: 'nothing'},
	{name: 'plugin.enabled', payload: 'nothing'},
	{name: 'plugin.disabled', payload: 'nothing'},
	{name: 'plugin.failed', payload: 'nothing'},
	{name: 'plugin.quarantined', payload: 'nothing'},
	{name: 'plugin.stuck', payload: 'nothing'},
	{name: 'plugin.health.changed', payload: 'nothing', isLatestOnly: true},
	{name: 'instance.launched', payload: operation},
	{name: 'instance.started', payload: operation},
	{name: 'instance.stopped', payload: operation},
	{name: 'instance.restarted', payload: operation},
	{name: 'instance.hibernated', payload: operation},
	{name: 'instance.resumed', payload: operation},
	{name: 'instance.terminated', payload: operation},
	{name: 'instance.state.changed', payload: 'from and to', isLatestOnly: true},
	{name: 'instance.differs', payload: operation},
	{name: 'resource.created', payload: operation},
	{name: 'resource.deleted', payload: operation},
	{name: 'resource.state.changed', payload: 'from and to', isLatestOnly: true},
	{name: 'inventory.changed', payload: 'nothing', isLatestOnly: true},
	{name: 'action.scheduled', payload: operation},
	{name: 'action.executed', payload: operation},
	{name: 'action.cancelled', payload: operation},
	{name: 'task.completed', payload: operation},
	{name: 'task.failed', payload: `${operation}, or task: the name of a plugin's task`},
	{name: 'task.diverged', payload: operation},
	{name: 'auth.login', payload: 'login: its name'},
	{name: 'auth.refreshed', payload: 'login: its name'},
	{name: 'auth.logout', payload: 'login: its name'},
	{name: 'auth.failed', payload: 'login: its name'},
	{name: 'permission.requested', payload: 'nothing'},
	{name: 'permission.denied', payload: 'nothing'},
	{name: 'deploy.prepared', payload: 'provider, type, name, region, size and fields of the deploy that begins', isPrepared: true},
];

/** Where in the order of handlers what belongs; a number between two is fine. Lower is earlier. */
export const hookLayers = {
	first: 0,
	security: 100,
	validation: 200,
	transform: 300,
	usual: 500,
	record: 700,
	notify: 900,
	last: 1000,
} as const;

const byName = new Map(eventCatalogue.map(kind => [kind.name, kind]));

export const eventKind = (name: string): EventKind | undefined => byName.get(name);

/** `instance.launched`, `instance.*`, or `*`. */
export const hearsEvent = (pattern: string, name: string): boolean =>
	pattern === name || pattern === '*' || (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -1)));
