import {type NewEvent} from '../core/event.ts';
import {type LogRecord, type PluginRecord} from '../core/plugin.ts';
import {type PluginHostListener} from '../core/ports/plugin-host.ts';

/** Gathers what happens in one turn of the loop and tells it once. */
export type News = {
	readonly subscribe: (listener: PluginHostListener) => () => void;
	readonly recordChanged: () => void;
	readonly addLog: (record: LogRecord) => void;
	readonly addEvent: (event: NewEvent) => void;
	/** Tells at once what waits: whoever gets an answer next shall find the records as it says. */
	readonly flush: () => void;
};

export function createNews(records: () => readonly PluginRecord[]): News {
	const listeners = new Set<PluginHostListener>();
	let isScheduled = false;
	let hasNewRecords = false;
	let newLogs: readonly LogRecord[] = [];
	let newEvents: readonly NewEvent[] = [];

	function schedule() {
		if (!isScheduled) {
			isScheduled = true;
			setImmediate(publish);
		}
	}

	/** One call for each kind of news, with everything new. */
	function publish() {
		isScheduled = false;
		const [logBatch, eventBatch] = [newLogs, newEvents];
		const hasRecords = hasNewRecords;
		hasNewRecords = false;
		newLogs = [];
		newEvents = [];
		for (const listener of listeners) {
			if (hasRecords) {
				listener.onRecords?.(records());
			}

			if (logBatch.length > 0) {
				listener.onLogs?.(logBatch);
			}

			if (eventBatch.length > 0) {
				listener.onEvents?.(eventBatch);
			}
		}
	}

	return {
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		flush() {
			if (isScheduled) {
				publish();
			}
		},
		recordChanged() {
			hasNewRecords = true;
			schedule();
		},
		addLog(record) {
			newLogs = [...newLogs, record];
			schedule();
		},
		addEvent(event) {
			newEvents = [...newEvents, event];
			schedule();
		},
	};
}
