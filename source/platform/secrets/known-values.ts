import {createRedactor, type Redactor} from '../../core/text/redact.ts';

/** Every secret this process has seen, to take it out of what leaves. */
export type KnownValues = {
	readonly add: (value: string) => void;
	readonly redact: Redactor;
};

export function createKnownValues(initial: Iterable<string>): KnownValues {
	const values = new Set(initial);
	// Made at the first text after a change, as most runs write none.
	let redactor: Redactor | undefined;
	return {
		add(value) {
			if (!values.has(value)) {
				values.add(value);
				redactor = undefined;
			}
		},
		redact(text) {
			redactor ??= createRedactor(values);
			return redactor(text);
		},
	};
}
