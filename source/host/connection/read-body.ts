import {stripVTControlCharacters} from 'node:util';
import {failure, toFailure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {safeLines, safeText} from '../../core/text/safe-text.ts';
import {type FrameBody, isTooDeep, textOf} from '../protocol/frame.ts';
import {cleanValue} from './clean-value.ts';

/**
How the strings of an answer are treated. `exact` is for what a person's terminal will execute, where a changed argument
would be a different command, and for what another plugin gets; `lines` is for log text, which comes coloured and in several lines;
`paragraphs` for what a command prints, whose lines stay where they are.
*/
export type TextMode = 'safe' | 'exact' | 'lines' | 'paragraphs';

const cleaners: Readonly<Record<TextMode, (text: string) => string>> = {
	safe: safeText,
	exact: text => text,
	lines: text => safeText(stripVTControlCharacters(text)),
	paragraphs: text => safeLines(stripVTControlCharacters(text)),
};

export const textModeOf = (method: string): TextMode =>
	method === 'provider.connect' || method === 'provider.attach' || method.startsWith('services.')
		? 'exact'
		: method === 'provider.logs'
			? 'lines'
			: method.startsWith('commands.') || method.startsWith('panes.') || method.startsWith('templates.')
				? 'paragraphs'
				: 'safe';

/** Parses a body whose size was checked; what comes out is frozen and harmless. */
export function readBody(body: FrameBody | undefined, mode: TextMode = 'safe'): Outcome<unknown> {
	const json = body === undefined ? 'null' : textOf(body);
	if (isTooDeep(json)) {
		return failed(failure('CWS_PLUGIN_PROTOCOL', {message: 'The answer is nested too deeply.'}));
	}

	try {
		const value: unknown = JSON.parse(json);
		return ok(cleanValue(mode === 'lines' ? splitLines(value) : value, cleaners[mode]));
	} catch (error) {
		return failed(toFailure(error, 'CWS_PLUGIN_PROTOCOL'));
	}
}

/** A log line of several lines becomes several log lines. */
function splitLines(value: unknown): unknown {
	return Array.isArray(value)
		? value.flatMap((item: unknown) => {
				const text = typeof item === 'object' && item !== null ? (item as {text?: unknown}).text : undefined;
				return typeof text === 'string' && text.includes('\n')
					? text
							.replace(/\r?\n$/, '')
							.split(/\r?\n/)
							.map(line => ({...(item as object), text: line}))
					: [item];
			})
		: value;
}
