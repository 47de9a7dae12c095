import {failure} from '../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../core/failure/outcome.ts';
import {type Clock} from '../core/ports/clock.ts';
import {type PluginHost} from '../core/ports/plugin-host.ts';
import {type PluginKeep} from '../core/ports/plugin-keep.ts';

type Options = {
	readonly keep: Pick<PluginKeep, 'getEntry' | 'changeEntries' | 'listEntries'>;
	readonly clock: Pick<Clock, 'now' | 'sleep'>;
};

export type TaskRequests = {
	/** Asks the cws that runs the task now to end the run, and waits for it. */
	readonly ask: (plugin: string, task: string) => Promise<Outcome<void>>;
	/** Does what others asked for, where it is this process that runs the task; whoever asked sees that the request is gone. */
	readonly look: (host: Pick<PluginHost, 'cancelTask'>) => Promise<void>;
};

// No plugin has such a key: theirs begin with the place they come from.
const owner = 'cws/tasks';
const waitMs = 3000;
const lookEveryMs = 50;
const maxBytes = 65_536;

/** A run of a task belongs to one process; another one can only ask it, through the database both have. */
export function createTaskRequests({keep, clock}: Options): TaskRequests {
	const remove = (key: string) => keep.changeEntries(owner, [{key, isDeleted: true}], maxBytes);
	return {
		async ask(plugin, task) {
			const key = `cancel:${plugin}/${task}`;
			const askedAt = clock.now();
			const asked = await keep.changeEntries(owner, [{key, value: {plugin, task, askedAt}}], maxBytes);
			if (!asked.ok) {
				return asked;
			}

			while (clock.now() - askedAt < waitMs) {
				await clock.sleep(lookEveryMs);
				const entry = await keep.getEntry(owner, key);
				if (!entry.ok || entry.value === null) {
					return entry.ok ? ok(undefined) : entry;
				}
			}

			await remove(key);
			return failed(
				failure('CWS_INVALID_STATE', {message: `No cws that is open runs the task \`${task}\` of \`${plugin}\` now.`, fix: 'cws tasks'}),
			);
		},
		async look(host) {
			const found = await keep.listEntries(owner, {prefix: 'cancel:', limit: 100});
			for (const {key} of found.ok ? found.value : []) {
				const entry = await keep.getEntry(owner, key);
				const request = entry.ok ? readRequest(entry.value?.value) : undefined;
				// Who asked long ago has gone, and did not mean the run of today.
				if (request !== undefined && clock.now() - request.askedAt < waitMs) {
					const done = await host.cancelTask(request.plugin, request.task, {isHere: true});
					if (done.ok) {
						await remove(key);
					}
				}
			}
		},
	};
}

function readRequest(value: unknown): {readonly plugin: string; readonly task: string; readonly askedAt: number} | undefined {
	const {plugin, task, askedAt} = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
	return typeof plugin === 'string' && typeof task === 'string' && typeof askedAt === 'number' ? {plugin, task, askedAt} : undefined;
}
