import {loadValidator} from '../../../source/core/schema/validate.ts';
import {type CheckOptions, manifestProblems} from '../../../source/host/manifest/check-manifest.ts';

const validate = await loadValidator();

export const goodManifest = {id: 'acme', version: '1.0.0', title: 'Acme', kind: 'provider', api: 1, main: 'index.js'} as const;

/** What is wrong with the good manifest after a change, one line a problem: pointer, message, fix. */
export async function problemsOf(
	change: Readonly<Record<string, unknown>>,
	options: Partial<CheckOptions> = {},
): Promise<readonly string[]> {
	const problems = await manifestProblems({...goodManifest, ...change}, {validate, ...options});
	return problems.map(({pointer, message, fix}) => `${pointer} ${message} | ${fix}`);
}
