import {ok, type Outcome} from '../core/failure/outcome.ts';
import {type PluginHostOptions} from './options.ts';

/** The ids of disabled plugins, kept in the settings. */
export type KeepDisabled = {
	readonly has: (id: string) => boolean;
	readonly set: (id: string, isDisabled: boolean) => Promise<Outcome<void>>;
};

export function createKeepDisabled({disabled: first, setDisabled}: Pick<PluginHostOptions, 'disabled' | 'setDisabled'>): KeepDisabled {
	let disabled: ReadonlySet<string> = new Set(first);
	return {
		has: id => disabled.has(id),
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
