import {failure, type Failure} from '../../core/failure/failure.ts';
import {pointerParts} from '../../core/schema/pointer.ts';
import {safeText} from '../../core/text/safe-text.ts';
import {locate} from './locate.ts';

/** One thing wrong with a manifest. */
export type ManifestProblem = {
	/** JSON Pointer: `/permissions/http/0/hosts/1`; empty for the whole file. */
	readonly pointer: string;
	/** What follows the name of the place: `is required`. */
	readonly message: string;
	/** What to do, as a sentence. */
	readonly fix: string;
	/** It is well written but not for this cws. */
	readonly isForOther?: boolean;
};

/** Says a problem with the file, the line and column where the text allows, and the fix. */
export function problemFailure({pointer, message, fix, isForOther = false}: ManifestProblem, file: string, text?: string): Failure {
	const place = text === undefined ? undefined : locate(text, pointerParts(pointer));
	const where = place === undefined ? file : `${file}:${place.line}:${place.column}`;
	return failure(isForOther ? 'CWS_PLUGIN_INCOMPATIBLE' : 'CWS_PLUGIN_MANIFEST', {
		message: safeText(pointer === '' ? `\`${where}\` ${message}.` : `\`${pointer}\` in \`${where}\` ${message}.`),
		fix: safeText(fix),
		details: {file, pointer, field: pointerParts(pointer).join('.'), ...place},
	});
}
