/** The plugin API of this cws. The minor grows with every addition, the major when something that worked no longer does. */
export const pluginApi = {major: 1, minor: 0} as const;

export const pluginApiText = `${pluginApi.major}.${pluginApi.minor}`;

export type ApiVersion = {readonly major: number; readonly minor: number};

/** `1`, `"1"` and `"1.2"`; undefined for anything else. */
export function parseApi(value: unknown): ApiVersion | undefined {
	// A number cannot carry a minor: 1.10 would read as 1.1.
	if (typeof value === 'number') {
		return Number.isInteger(value) && value >= 0 && value < 1_000_000 ? {major: value, minor: 0} : undefined;
	}

	const [, major, minor = '0'] = (typeof value === 'string' ? /^(\d{1,6})(?:\.(\d{1,6}))?$/.exec(value) : null) ?? [];
	return major === undefined ? undefined : {major: Number(major), minor: Number(minor)};
}

/** Whether a plugin of this API runs here: the same major, and nothing newer than this cws has. */
export const isCompatible = ({major, minor}: ApiVersion, host: ApiVersion = pluginApi): boolean =>
	major === host.major && minor <= host.minor;
