import {failure} from './failure/failure.ts';
import {failed, ok, type Outcome} from './failure/outcome.ts';

const pattern = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Checks a resource name before any provider sees it: a DNS label, 1 to 63 characters. */
export function checkName(name: string): Outcome<string> {
	if (pattern.test(name)) {
		return ok(name);
	}

	const suggestion = name
		.normalize('NFKD')
		.toLowerCase()
		.replaceAll(/\p{M}+/gu, '')
		.replaceAll(/[^a-z0-9]+/g, '-')
		.replace(/^-+/, '')
		.slice(0, 63)
		.replace(/-+$/, '');
	return failed(
		failure('CWS_INVALID_NAME', {
			message: name === '' ? 'The name is empty.' : `\`${name}\` cannot be a name.`,
			cause: 'a name has 1 to 63 lower-case letters, digits and dashes, and neither starts nor ends with a dash',
			fix: suggestion === '' ? 'use a name like `web-1`' : `use \`${suggestion}\``,
		}),
	);
}
