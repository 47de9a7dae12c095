/** An id, name of a command or task as a manifest has it: lower case with dashes. */
export const dashed = (name: string): string =>
	name
		.replaceAll(/([a-z\d])([A-Z])/g, '$1-$2')
		.toLowerCase()
		.replaceAll(/[^a-z\d]+/g, '-')
		.replaceAll(/^[-\d]+|-+$/g, '') || 'unnamed';

/** A name of a handler or flag: camel case. */
export const camelCase = (name: string): string => dashed(name).replaceAll(/-([a-z\d])/g, (_, letter: string) => letter.toUpperCase());

/** `my-cloud` is `My cloud` for people. */
export const titleOf = (id: string): string => `${id.charAt(0).toUpperCase()}${id.slice(1)}`.replaceAll('-', ' ');

/** `PROVIDER_STREAM_START` is `provider.stream.start`; dotted names stay. */
export const eventName = (name: string): string => (name.includes('.') ? name : name.toLowerCase().replaceAll('_', '.'));

/** A version as semver has it: `v1.2` is `1.2.0`. */
export function versionOf(version: string | undefined): string {
	const [, major, minor = '0', patch = '0', rest = ''] = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?([-+][\w.+-]+)?$/.exec(version ?? '') ?? [];
	return major === undefined ? '0.0.0' : `${major}.${minor}.${patch}${rest}`;
}
