import {fixOf} from '../../../core/failure/failure.ts';
import {type ActivityItem} from './activity-items.ts';

/** The words of a line without its columns, for copying. */
export function activityText(item: ActivityItem): string {
	switch (item.kind) {
		case 'operation': {
			return item.operation.cli;
		}

		case 'event': {
			return `${new Date(item.event.at).toISOString()} ${item.event.type} ${item.event.subject} ${item.event.message}`;
		}

		case 'log': {
			return `${new Date(item.record.at).toISOString()} ${item.record.plugin} ${item.record.level} ${item.record.message}`;
		}

		case 'notice': {
			return `${item.failure.code} ${item.failure.message} ${fixOf(item.failure)}`;
		}
	}
}
