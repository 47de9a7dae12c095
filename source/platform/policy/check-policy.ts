import {failure, type Failure} from '../../core/failure/failure.ts';
import {type PermissionKind} from '../../core/manifest/permissions.ts';
import {type PluginPolicy} from '../../core/permissions/policy.ts';
import {nearest} from '../../core/text/nearest.ts';
import {safeText} from '../../core/text/safe-text.ts';
import {type TomlFile} from '../settings/read-toml.ts';
import {normalizePath, toPluginId} from '../settings/setting-table.ts';

type Checked = {readonly value: unknown} | {readonly expected: string};

const kinds: readonly PermissionKind[] = ['http', 'fs', 'env', 'exec', 'secrets', 'events', 'store', 'ui'];
const version = /^\d+\.\d+\.\d+(-[\w.-]+)?$/;

const ids = (value: unknown): Checked =>
	isTexts(value) ? {value: value.map(id => toPluginId(safeText(id)))} : {expected: 'a list of ids of plugins'};

// What the administrator wanted forbidden stays forbidden where it was misspelled: the strictest reading of a wrong value holds.
const keys: Readonly<
	Record<keyof Omit<PluginPolicy, 'file'>, {readonly check: (value: unknown) => Checked; readonly strictest?: unknown}>
> = {
	allow: {check: ids, strictest: []},
	deny: {check: ids},
	isolation: {check: value => (value === 'process' ? {value} : {expected: '`process`'}), strictest: 'process'},
	requireSigned: {check: value => (typeof value === 'boolean' ? {value} : {expected: '`true` or `false`'}), strictest: true},
	minimumVersions: {
		check: value =>
			isTable(value) && Object.values(value).every(text => typeof text === 'string' && version.test(text))
				? {value: Object.fromEntries(Object.entries(value).map(([id, text]) => [toPluginId(safeText(id)), text]))}
				: {expected: 'a table of versions by id, as `hetzner = "1.4.0"`'},
	},
	forbidPermissions: {
		check: value =>
			isTexts(value) && value.every(kind => (kinds as readonly string[]).includes(kind))
				? {value}
				: {expected: `a list of ${kinds.map(kind => `\`${kind}\``).join(', ')}`},
		strictest: kinds,
	},
};

/** Takes the policy out of a TOML file and names what means nothing, with its line. */
export function checkPolicy({file, table, lineOf}: TomlFile): {readonly policy: PluginPolicy; readonly problems: readonly Failure[]} {
	const policy: Record<string, unknown> = {};
	const problems: Failure[] = [];
	for (const [written, value] of Object.entries(table)) {
		const key = (Object.keys(keys) as (keyof typeof keys)[]).find(known => normalizePath([known]) === normalizePath([written]));
		const place = `\`${safeText(written)}\` at \`${file}:${lineOf([written])}\``;
		if (key === undefined) {
			const meant = nearest(written, Object.keys(keys));
			problems.push(
				failure('CWS_CONFIG', {message: `${place} is nothing a policy says.`, fix: meant ? `did you mean \`${meant}\`?` : 'remove it'}),
			);
			continue;
		}

		const checked = keys[key].check(value);
		if ('value' in checked) {
			policy[key] = checked.value;
		} else {
			const {strictest} = keys[key];
			if (strictest !== undefined) {
				policy[key] = strictest;
			}

			problems.push(
				failure('CWS_CONFIG', {
					message: `${place} is not ${checked.expected}.`,
					cause: strictest === undefined ? 'the value is left out' : 'its strictest value holds',
					fix: 'ask the administrator of this machine to mend it',
				}),
			);
		}
	}

	return {policy, problems};
}

const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(item => typeof item === 'string');

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
