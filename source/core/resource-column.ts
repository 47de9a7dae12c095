import {type ColumnContribution} from './manifest/contributions.ts';
import {type Resource} from './resource.ts';
import {valueAt} from './schema/pointer.ts';
import {formatBytes} from './text/bytes.ts';
import {formatDuration} from './text/duration.ts';

const figures: ReadonlySet<ColumnContribution['format']> = new Set(['number', 'bytes', 'duration', 'percent']);

/** Whether the column of a plugin stands at the right, as figures do. */
export const isRightColumn = ({align, format}: ColumnContribution): boolean =>
	align === 'right' || (align === undefined && figures.has(format));

/** What a column of a plugin says of a resource: bytes, milliseconds and shares are given as numbers; empty where it has nothing to say. */
export const columnText = (resource: Resource, {field, format}: ColumnContribution): string =>
	textOf(valueAt(resource, field.split('.')), format);

function textOf(value: unknown, format: ColumnContribution['format']): string {
	if (typeof value === 'number' && Number.isFinite(value)) {
		switch (format) {
			case 'bytes': {
				return formatBytes(value);
			}

			case 'duration': {
				return formatDuration(value);
			}

			case 'time': {
				return Math.abs(value) < 8.64e15 ? new Date(value).toISOString().slice(0, 16).replace('T', ' ') : '';
			}

			case 'percent': {
				return `${Math.round(value)}%`;
			}

			default: {
				return String(value);
			}
		}
	}

	if (Array.isArray(value)) {
		return value
			.map(item => textOf(item, format))
			.filter(Boolean)
			.join(', ');
	}

	return typeof value === 'string' ? value : typeof value === 'boolean' ? (value ? 'yes' : 'no') : '';
}
