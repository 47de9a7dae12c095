import {type CwsEvent} from '../../../core/event.ts';
import {type Failure} from '../../../core/failure/failure.ts';
import {isEnded, type Operation} from '../../../core/operation.ts';
import {type LogRecord} from '../../../core/plugin.ts';
import {type EngineState, type SourceState} from '../../../engine/state.ts';
import {type ActivityTab} from '../state.ts';

export const activityTabs: readonly ActivityTab[] = ['events', 'tasks', 'logs', 'errors'];

/** One line of the activity pane. */
export type ActivityItem =
	| {readonly kind: 'operation'; readonly key: string; readonly operation: Operation}
	| {readonly kind: 'event'; readonly key: string; readonly event: CwsEvent}
	| {readonly kind: 'log'; readonly key: string; readonly record: LogRecord}
	| {
			readonly kind: 'notice';
			readonly key: string;
			readonly failure: Failure;
			/** What failed; of cws itself where there is none. */
			readonly source?: SourceState;
	  };

/** What a tab lists, newest first. Running operations stand above the events, so that progress is seen without a key. */
export function activityItems(engine: EngineState, tab: ActivityTab): readonly ActivityItem[] {
	switch (tab) {
		case 'events': {
			return [...operationItems(runningOperations(engine)), ...eventItems(engine.events.filter(event => event.level !== 'debug'))];
		}

		case 'tasks': {
			return operationItems(engine.operations);
		}

		case 'logs': {
			return engine.logs.map((record, index): ActivityItem => ({
				kind: 'log',
				key: `${record.at}:${record.plugin}:${engine.logs.length - index}`,
				record,
			}));
		}

		case 'errors': {
			const notices = engine.notices.map((failure, index): ActivityItem => ({kind: 'notice', key: `notice:${index}`, failure}));
			return [...notices, ...failedSources(engine), ...eventItems(engine.events.filter(event => event.level === 'error'))];
		}
	}
}

/** Numbers beside the names of the tabs: what runs, and what went wrong. */
export const activityCounts = (engine: EngineState): Readonly<Partial<Record<ActivityTab, number>>> => ({
	tasks: runningOperations(engine).length,
	errors:
		engine.notices.length + failedSources(engine).length + engine.events.reduce((count, {level}) => count + (level === 'error' ? 1 : 0), 0),
});

export const runningOperations = ({operations}: Pick<EngineState, 'operations'>): readonly Operation[] =>
	operations.filter(operation => !isEnded(operation.state));

const failedSources = ({sources}: EngineState): readonly ActivityItem[] =>
	sources.flatMap((source): readonly ActivityItem[] =>
		source.phase === 'failed' && source.error !== undefined
			? [{kind: 'notice', key: `source:${source.key}`, failure: source.error, source}]
			: [],
	);

const operationItems = (operations: readonly Operation[]): readonly ActivityItem[] =>
	operations.map(operation => ({kind: 'operation', key: operation.id, operation}));

const eventItems = (events: readonly CwsEvent[]): readonly ActivityItem[] =>
	events.map(event => ({kind: 'event', key: `event:${event.seq}:${event.at}`, event}));
