import {type Failure} from '../../core/failure/failure.ts';
import {createRedactor, redactValue, type Redactor} from '../../core/text/redact.ts';

/** Takes every secret out of a text that was ever handed to it. One for the whole host: one plugin may say what belongs to another. */
export type LiveRedactor = {
	readonly redact: Redactor;
	readonly learn: (value: string) => void;
};

/** @param others Takes out what is known elsewhere: the values of the secret store. */
export function createLiveRedactor(others: Redactor = text => text): LiveRedactor {
	const values = new Set<string>();
	let redactor: Redactor = text => text;
	return {
		redact: text => redactor(others(text)),
		learn(value) {
			if (!values.has(value)) {
				values.add(value);
				redactor = createRedactor(values);
			}
		},
	};
}

export const redactFailure = (value: Failure, {redact}: LiveRedactor): Failure => ({
	...value,
	message: redact(value.message),
	...(value.cause !== undefined && {cause: redact(value.cause)}),
	...(value.fix !== undefined && {fix: redact(value.fix)}),
	...(value.details !== undefined && {details: redactValue(value.details, redact)}),
});
