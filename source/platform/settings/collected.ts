import {type Failure} from '../../core/failure/failure.ts';
import {type SettingSource} from '../../core/settings.ts';

/** One value that a source gives, checked. */
export type Assignment = {
	/** Dotted path; `keys.<command>` and `plugins.<id>.<field>` for the two open tables. */
	readonly key: string;
	readonly value: unknown;
	readonly source: SettingSource;
	readonly from: string;
};

export type Collected = {
	readonly assignments: readonly Assignment[];
	readonly problems: readonly Failure[];
};
