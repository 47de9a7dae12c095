import {type DeploySpec} from '../../../core/plan.ts';

type Target = {readonly provider: string; readonly name: string};

/** The command line that does the same as a deploy. */
export function deployLine(provider: string, {type, name, account, region, size, template, fields, tags}: DeploySpec): string {
	const flags: readonly (readonly [string, string | undefined])[] = [
		['provider', provider],
		['account', account],
		['region', region],
		['size', size],
		['template', template],
	];
	return [
		'cws deploy',
		quote(type),
		quote(name),
		...flags.flatMap(([flag, value]) => (value === undefined ? [] : [`--${flag} ${quote(value)}`])),
		...Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [`--set ${key}=${quote(fieldText(value))}`])),
		...Object.entries(tags ?? {}).map(([key, value]) => `--tag ${quote(`${key}=${value}`)}`),
	].join(' ');
}

export const actionLine = (action: string, {provider, name}: Target, reference = `${provider}/${name}`): string =>
	`cws ${action} ${quote(reference)}${action === 'destroy' ? ` --confirm ${quote(name)}` : ''}`;

/** As `parseFieldValue` reads it back. */
function fieldText(value: unknown): string {
	if (typeof value !== 'object' || value === null) {
		return String(value);
	}

	const parts = Array.isArray(value) ? value.map(String) : Object.entries(value).map(([key, item]) => `${key}=${String(item)}`);
	const isPlain =
		Object.values(value).every(item => typeof item === 'string') && parts.every(part => part === part.trim() && /^[^\n,[{]+$/.test(part));
	return isPlain ? parts.join(',') : JSON.stringify(value);
}

const quote = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`);
