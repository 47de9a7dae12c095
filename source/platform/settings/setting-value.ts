import {safeText} from '../../core/text/safe-text.ts';
import {type SettingKind} from './setting-table.ts';

export type CheckedValue = {readonly ok: true; readonly value: unknown} | {readonly ok: false; readonly expected: string};

/** Checks a value that has its type already, as TOML gives it. */
export function checkValue(kind: SettingKind, value: unknown): CheckedValue {
	switch (kind.type) {
		case 'string': {
			if (typeof value !== 'string' || value === '') {
				return {ok: false, expected: kind.expected ?? 'a text'};
			}

			return kind.pattern && !kind.pattern.test(value)
				? {ok: false, expected: kind.expected ?? 'a text'}
				: {ok: true, value: safeText(value)};
		}

		case 'number': {
			const isInside = typeof value === 'number' && value >= kind.minimum && value <= kind.maximum;
			return isInside ? {ok: true, value} : {ok: false, expected: `a number from ${kind.minimum} to ${kind.maximum}`};
		}

		case 'boolean': {
			return typeof value === 'boolean' ? {ok: true, value} : {ok: false, expected: '`true` or `false`'};
		}

		case 'choice': {
			return kind.values.includes(value as string)
				? {ok: true, value}
				: {ok: false, expected: `one of ${kind.values.map(one => `\`${one}\``).join(', ')}`};
		}

		case 'strings': {
			return Array.isArray(value) && value.every(item => typeof item === 'string')
				? {ok: true, value: value.map(item => safeText(item))}
				: {ok: false, expected: 'a list of texts'};
		}
	}
}

/** Reads the text of a variable or an argument as what the setting takes, and checks it. */
export function readValue(kind: SettingKind, text: string): CheckedValue {
	switch (kind.type) {
		case 'string': {
			return checkValue(kind, text);
		}

		case 'number': {
			return checkValue(kind, text.trim() === '' ? undefined : Number(text));
		}

		case 'boolean': {
			const word = text.trim().toLowerCase();
			return checkValue(kind, yes.has(word) ? true : no.has(word) ? false : undefined);
		}

		case 'choice': {
			return checkValue(
				kind,
				kind.values.find(value => String(value) === text.trim()),
			);
		}

		case 'strings': {
			const value = readLoose(text);
			return checkValue(kind, Array.isArray(value) ? value : splitList(text));
		}
	}
}

/** Reads the text of an option whose type only its plugin knows: JSON where it is some, else the text itself. */
export function readLoose(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

const yes: ReadonlySet<string> = new Set(['true', '1', 'yes', 'on']);
const no: ReadonlySet<string> = new Set(['false', '0', 'no', 'off']);

const splitList = (text: string): readonly string[] =>
	text
		.split(',')
		.map(item => item.trim())
		.filter(item => item !== '');
