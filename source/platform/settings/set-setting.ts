import {readFileSync} from 'node:fs';
import {isDeepStrictEqual} from 'node:util';
import {failure, toFailure, type Failure} from '../../core/failure/failure.ts';
import {nearest} from '../../core/text/nearest.ts';
import {failed, mapOutcome, ok, type Outcome} from '../../core/failure/outcome.ts';
import {writeAtomically} from '../write-atomically.ts';
import {settingNames} from './collect-file.ts';
import {editToml} from './edit-toml.ts';
import {parseToml} from './read-toml.ts';
import {findSetting, normalizePath, toPluginId, type SettingKind} from './setting-table.ts';
import {checkValue, readLoose, readValue, type CheckedValue} from './setting-value.ts';

/**
Sets one key in a settings file; comments and order stay. A text is read as what the setting takes,
so that `cws config set cost.hoursPerMonth 730` writes a number. Undefined takes the key out.
*/
export function setSetting(file: string, key: string, value: unknown): Outcome<void> {
	const target = resolveTarget(key, value);
	return target.ok ? setTargets(file, [target.value]) : target;
}

/** Sets several keys at once, or none; values keep the type they have. Undefined takes a key out. */
export function setSettings(file: string, values: ReadonlyMap<string, unknown>): Outcome<void> {
	const targets: Target[] = [];
	for (const [key, value] of values) {
		const target = resolveTarget(key, value, {isTyped: true});
		if (!target.ok) {
			return target;
		}

		targets.push(target.value);
	}

	return setTargets(file, targets);
}

/** The keys of a plugin's options. */
export const toOptionKeys = (plugin: string, values: Readonly<Record<string, unknown>>): ReadonlyMap<string, unknown> =>
	new Map(Object.entries(values).map(([field, value]) => [`plugins.${plugin}.${field}`, value]));

function setTargets(file: string, targets: readonly Target[]): Outcome<void> {
	try {
		const text = readText(file);
		const changed = withTargets(file, text, targets);
		if (changed.ok && changed.value !== text) {
			writeAtomically(file, changed.value);
		}

		return mapOutcome(changed, () => undefined);
	} catch (error) {
		return failed(toWriteFailure(error, file));
	}
}

function withTargets(file: string, text: string, [target, ...rest]: readonly Target[]): Outcome<string> {
	if (target === undefined) {
		return ok(text);
	}

	const before = parseToml(file, text);
	if (!before.ok) {
		return before;
	}

	const {path, value} = target;
	const key = path.join('.');
	const changed = editToml(text, {path, value, isSame, valueAt: at => valueAt(before.value.table, at)});
	const after = parseToml(file, changed);
	if (!after.ok || !isOnlyChange(before.value.table, after.value.table, path, value)) {
		return failed(
			failure('CWS_CONFIG', {
				message: `\`${key}\` cannot be set in \`${file}\` without harm to the rest of it; nothing was changed.`,
				fix: `open the file and set \`${key}\` by hand`,
			}),
		);
	}

	return withTargets(file, changed, [...rest, ...contradictions(after.value.table, target)]);
}

// `enabled` among the options of a plugin says the same as the list of disabled ones, and would overrule it.
function contradictions({plugins}: Readonly<Record<string, unknown>>, {path, value}: Target): readonly Target[] {
	if (findSetting(path)?.key !== 'plugins.disabled') {
		return [];
	}

	const disabled = (value ?? []) as readonly string[];
	return Object.entries(plugins ?? {}).flatMap(([name, options]) => {
		const isEnabled = !disabled.includes(toPluginId(name));
		const current = (options as {readonly enabled?: unknown} | null)?.enabled;
		return current === !isEnabled ? [{path: ['plugins', name, 'enabled'], value: isEnabled}] : [];
	});
}

type Target = {readonly path: readonly string[]; readonly value: unknown};

function resolveTarget(key: string, value: unknown, {isTyped = false} = {}): Outcome<Target> {
	const path = key.split('.');
	const definition = findSetting(path);
	if (definition !== undefined && value === undefined) {
		return ok({path: definition.key.split('.'), value});
	}

	if (definition !== undefined) {
		const checked = readOrCheck(definition.kind, value);
		return checked.ok ? ok({path: definition.key.split('.'), value: checked.value}) : wrongValue(definition.key, checked.expected);
	}

	const [table, name, ...field] = path;
	if (table === 'keys' && name) {
		const list = value === undefined ? ({ok: true, value} as const) : readOrCheck({type: 'strings'}, value);
		return list.ok ? ok({path: ['keys', path.slice(1).join('.')], value: list.value}) : wrongValue(key, 'a list of keys, as `["ctrl+r"]`');
	}

	if (table === 'plugins' && name && field.length > 0) {
		const [id, rest] = name === 'options' ? [field[0]!, field.slice(1)] : [name, field];
		if (rest.length > 0) {
			return ok({path: ['plugins', toPluginId(id), ...rest], value: typeof value === 'string' && !isTyped ? readLoose(value) : value});
		}
	}

	const meant = nearest(key, settingNames());
	return failed(
		failure('CWS_CONFIG', {
			message: `\`${key}\` is not a setting.`,
			fix: meant ? `did you mean \`${meant}\`?` : 'cws config list',
			details: meant ? {nearest: meant} : {},
		}),
	);
}

const readOrCheck = (kind: SettingKind, value: unknown): CheckedValue =>
	typeof value === 'string' ? readValue(kind, value) : checkValue(kind, value);

const wrongValue = (key: string, expected: string): Outcome<never> =>
	failed(failure('CWS_CONFIG', {message: `\`${key}\` takes ${expected}.`, fix: 'docs/config.md lists what each setting takes'}));

const isSame = (path: readonly string[], wanted: readonly string[]): boolean => {
	const definition = findSetting(wanted);
	return normalizePath(path) === normalizePath(wanted) || (definition !== undefined && findSetting(path) === definition);
};

// Every value but the wanted one is what it was.
function isOnlyChange(
	before: Readonly<Record<string, unknown>>,
	after: Readonly<Record<string, unknown>>,
	path: readonly string[],
	wanted: unknown,
): boolean {
	const [old, current] = [flatten(before), flatten(after)];
	const rest = (values: ReadonlyMap<string, Leaf>) => [...values.values()].filter(leaf => !isSameOrInside(leaf.path, path));
	const found = [...current.values()].find(leaf => isSame(leaf.path, path));
	const isGone = () => [...current.values()].every(leaf => !isSameOrInside(leaf.path, path));
	return (
		isDeepStrictEqual(rest(old), rest(current)) &&
		(wanted !== undefined || isGone()) &&
		(isDeepStrictEqual(found?.value, wanted) || isDeepStrictEqual(valueAt(after, path), wanted))
	);
}

const isSameOrInside = (path: readonly string[], wanted: readonly string[]): boolean =>
	path.some((_, index) => isSame(path.slice(0, index + 1), wanted));

type Leaf = {readonly path: readonly string[]; readonly value: unknown};

// oxlint-disable-next-line default-param-last
function flatten(
	table: Readonly<Record<string, unknown>>,
	parent: readonly string[] = [],
	leaves = new Map<string, Leaf>(),
): Map<string, Leaf> {
	for (const [name, value] of Object.entries(table)) {
		const path = [...parent, name];
		if (typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)) {
			flatten(value as Record<string, unknown>, path, leaves);
		} else {
			leaves.set(JSON.stringify(path), {path, value});
		}
	}

	return leaves;
}

const valueAt = (table: unknown, path: readonly string[]): unknown =>
	path.reduce<unknown>(
		(inner, name) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined),
		table,
	);

function readText(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return '';
		}

		throw error;
	}
}

function toWriteFailure(error: unknown, file: string): Failure {
	const isFull = (error as NodeJS.ErrnoException).code === 'ENOSPC';
	return failure(isFull ? 'CWS_DISK_FULL' : 'CWS_READ_ONLY', {
		message: `\`${file}\` cannot be written; nothing was changed.`,
		cause: toFailure(error).message,
	});
}
