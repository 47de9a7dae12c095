import {FailureError} from '../../core/failure/failure.ts';
import {type Outcome} from '../../core/failure/outcome.ts';
import {type PluginKeep} from '../../core/ports/plugin-keep.ts';
import {type Json} from '../../core/schema/json.ts';
import {type Capabilities} from './capability.ts';
import {type BrokerLimits} from './limits.ts';
import {readRecord, readText} from './read-arguments.ts';
import {overQuota, wrongArgument} from './refusals.ts';

type StoreOptions = {
	/** Of `pluginKey`. */
	readonly key: string;
	readonly maxBytes: number;
	readonly keep: Pick<PluginKeep, 'getEntry' | 'changeEntries' | 'listEntries'>;
	readonly limits: BrokerLimits;
};

/** `store.get|set|delete|list`: values of this plugin alone, up to what it was granted, kept until it is removed. */
export function createKeptValues({key: owner, maxBytes, keep, limits}: StoreOptions): Capabilities {
	const keyOf = (value: unknown): string => {
		const key = readText(value, 'key', limits.storeKeyLength);
		if (key === '' || /\p{Cc}/u.test(key) || !key.isWellFormed()) {
			throw wrongArgument('`key` must have a character, and no control characters.');
		}

		return key;
	};

	return {
		'store.get': async args => valueOf(await keep.getEntry(owner, keyOf(args[0])))?.value ?? null,
		/** `set(key, value, {ifVersion?})` gives the new version. */
		async 'store.set'(args) {
			const {ifVersion} = readRecord(args[2], 'options');
			const change = {key: keyOf(args[0]), value: jsonOf(args[1])};
			const [version] = valueOf(await keep.changeEntries(owner, [{...change, ...versionOf(ifVersion)}], maxBytes));
			return version;
		},
		async 'store.delete'(args) {
			valueOf(await keep.changeEntries(owner, [{key: keyOf(args[0]), isDeleted: true}], maxBytes));
			return null;
		},
		async 'store.list'(args) {
			const prefix = args[0] === undefined || args[0] === null ? '' : readText(args[0], 'prefix', limits.storeKeyLength);
			return valueOf(await keep.listEntries(owner, {prefix, limit: limits.storeKeys})).map(({key}) => key);
		},
	};
}

/** What a reload hands to the next worker. One for a plugin, whatever its generation. */
export type StateCell = {json: string};

/** `state.get|set`. */
export const createStateBox = (cell: StateCell, {stateLength}: BrokerLimits): Capabilities => ({
	'state.get': async () => JSON.parse(cell.json) as Json,
	async 'state.set'(args) {
		const json = JSON.stringify(jsonOf(args[0]));
		if (json.length > stateLength) {
			throw overQuota('The state of a plugin is too large.', `${json.length} characters of JSON, of ${stateLength} it may have`, false);
		}

		cell.json = json;
		return null;
	},
});

// It came as JSON; only what was left out is none.
const jsonOf = (value: unknown): Json => (value === undefined ? null : (value as Json));

function versionOf(value: unknown): {readonly ifVersion?: number} {
	if (value === undefined) {
		return {};
	}

	if (!Number.isSafeInteger(value) || (value as number) < 0) {
		throw wrongArgument('`ifVersion` must be a whole number.');
	}

	return {ifVersion: value as number};
}

function valueOf<Value>(outcome: Outcome<Value>): Value {
	if (!outcome.ok) {
		throw new FailureError(outcome.error);
	}

	return outcome.value;
}
