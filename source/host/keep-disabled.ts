import {ok, type Outcome} from '../core/failure/outcome.ts';
import {type PluginHostOptions} from './options.ts';

/** The ids of disabled plugins, kept in the settings. */
export type KeepDisabled = {
	readonly has: (id: string) => boolean;
	/** Takes over what the settings say by now; gives those that are other than they were. */
	readonly adopt: (ids: readonly string[]) => readonly string[];
	readonly set: (id: string, isDisabled: boolean) => Promise<Outcome<void>>;
};

export function createKeepDisabled({disabled: first, setDisabled}: Pick<PluginHostOptions, 'disabled' | 'setDisabled'>): KeepDisabled {
	let disabled: ReadonlySet<string> = new Set(first);
	return {
		has: id => disabled.has(id),
		adopt(ids) {
			const before = disabled;
			disabled = new Set(ids);
			return [...disabled.symmetricDifference(before)];
		},
		async set(id, isDisabled) {
			const next = new Set(disabled);
			if (isDisabled) {
				next.add(id);
			} else {
				next.delete(id);
			}

			if (next.size === disabled.size) {
				return ok(undefined);
			}

			const kept = await setDisabled([...next].toSorted());
			if (kept.ok) {
				disabled = next;
			}

			return kept;
		},
	};
}
