import {type LogLine} from '../../../core/plugin.ts';
import {type Token} from '../../theme/tokens.ts';
import {clockTime} from '../../view/time/clock-time.ts';
import {type Line, span} from '../../components/line/line.ts';

/** A line as it is copied, saved and searched. */
export const logText = ({at, text}: LogLine, hasTimes: boolean): string =>
	hasTimes && at !== undefined ? `${new Date(at).toISOString()} ${text}` : text;

/** The time column of a line; empty when times are off. */
export const logTime = ({at}: LogLine, hasTimes: boolean): Line =>
	hasTimes ? [span('text.faint', `${at === undefined ? '        ' : clockTime(at)} `)] : [];

export function logToken({stream, level}: LogLine): Token {
	switch (level) {
		case 'error': {
			return 'event.error';
		}

		case 'warn': {
			return 'event.warn';
		}

		case 'debug': {
			return 'text.muted';
		}

		default: {
			return level === undefined && stream === 'stderr'
				? 'event.warn'
				: level === undefined && stream === 'system'
					? 'text.accent'
					: 'text.default';
		}
	}
}
