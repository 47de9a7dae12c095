import {failure, FailureError} from '../../core/failure/failure.ts';
import {safeText} from '../../core/text/safe-text.ts';

const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const knownKeys = new Set<string>();
const plainKey = /^[\w$.:/ -]{1,200}$/;

/**
One walk over a freshly parsed value: every string harmless, no key that reaches a prototype, everything frozen.
It changes the value in place, because nobody else has seen it. The depth was checked before it was parsed.
*/
export function cleanValue(value: unknown, cleanText: (text: string) => string = safeText): unknown {
	if (typeof value === 'string') {
		return cleanText(value);
	}

	if (typeof value !== 'object' || value === null) {
		return value;
	}

	if (Array.isArray(value)) {
		const items = value as unknown[];
		for (let index = 0; index < items.length; index++) {
			const item = items[index];
			const cleaned = cleanValue(item, cleanText);
			if (cleaned !== item) {
				items[index] = cleaned;
			}
		}

		return Object.freeze(items);
	}

	return Object.freeze(cleanRecord(value as Record<string, unknown>, cleanText));
}

function cleanRecord(record: Record<string, unknown>, cleanText: (text: string) => string): Record<string, unknown> {
	let hasHostileKey = false;
	for (const key of Object.keys(record)) {
		hasHostileKey = isHostileKey(key) || hasHostileKey;
		const item = record[key];
		const cleaned = cleanValue(item, cleanText);
		if (cleaned !== item) {
			record[key] = cleaned;
		}
	}

	return hasHostileKey ? Object.fromEntries(Object.entries(record).map(([key, item]) => [safeText(key), item])) : record;
}

/** Ten thousand rows have the same few keys, so the answer is remembered for as many as a schema may have. */
function isHostileKey(key: string): boolean {
	if (knownKeys.has(key)) {
		return false;
	}

	if (forbiddenKeys.has(key)) {
		throw new FailureError(failure('CWS_PLUGIN_PROTOCOL', {message: `The answer has the key \`${key}\`, which no answer may have.`}));
	}

	if (!plainKey.test(key)) {
		return true;
	}

	if (knownKeys.size < 1000) {
		knownKeys.add(key);
	}

	return false;
}
