import {type SortColumn, sortColumns} from '../engine/query/sort.ts';
import {askedFoldersKey} from '../ui/overlays/confirm/trust-question.ts';
import {type ActivityTab, type ViewState} from '../ui/view/state.ts';

const tabs: readonly unknown[] = ['events', 'tasks', 'logs', 'errors'] satisfies readonly ActivityTab[];

/** What is remembered of the last dashboard, as far as it still makes sense: the file may be from another version. */
export function recalledView({sort, isWide, activityTab, installedFrom}: Readonly<Record<string, unknown>>): Partial<ViewState> {
	const {column, isDescending} = (sort ?? {}) as {readonly column?: unknown; readonly isDescending?: unknown};
	return {
		...((sortColumns as readonly unknown[]).includes(column) &&
			typeof isDescending === 'boolean' && {sort: {column: column as SortColumn, isDescending}}),
		...(typeof isWide === 'boolean' && {isWide}),
		installedFrom: textsOf(installedFrom),
		...(tabs.includes(activityTab) && {activityTab: activityTab as ActivityTab}),
	};
}

const textsOf = (value: unknown): Readonly<Record<string, string>> =>
	typeof value === 'object' && value !== null
		? Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
		: {};

/** Folders whose plugins the person was asked about. */
export function recalledFolders({[askedFoldersKey]: folders}: Readonly<Record<string, unknown>>): readonly string[] {
	return Array.isArray(folders) ? folders.filter((folder): folder is string => typeof folder === 'string') : [];
}
