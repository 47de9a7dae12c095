import {type PermissionSet} from '../../../core/manifest/permissions.ts';
import {mapOutcome, ok, type Outcome} from '../../../core/failure/outcome.ts';
import {comparePermissions} from '../../../core/permissions/compare.ts';
import {byRisk, type CommandPaths, describeExec, describePermissions} from '../../../core/permissions/describe.ts';
import {type PermissionItem} from '../../../core/permissions/permission-item.ts';
import {type Consent} from '../../../core/plugin-parts.ts';
import {type PluginKeep, type StoredGrant} from '../../../core/ports/plugin-keep.ts';
import {safeText} from '../../../core/text/safe-text.ts';

/** A plugin that wants to run, as it lies on the disk. */
export type GrantQuestion = {
	/** Of `pluginKey`. */
	readonly key: string;
	readonly bundleHash: string;
	readonly asked: PermissionSet;
	/** Where the commands it asks for are now. */
	readonly commands: CommandPaths;
	/** Somebody vouches for its code: it is signed, or its folder was named on the command line for development. */
	readonly isVouched: boolean;
};

/** What persons allowed plugins, in the database; asked anew each time, because another cws may have been told meanwhile. */
export type Grants = {
	/** What nobody has allowed yet; undefined when it may run. */
	readonly missing: (question: GrantQuestion) => Promise<Outcome<Consent | undefined>>;
	readonly save: (question: GrantQuestion) => Promise<Outcome<void>>;
	readonly revoke: (key: string) => Promise<Outcome<void>>;
	/** What was allowed; nothing when there is no grant. */
	readonly read: (key: string) => Promise<Outcome<{readonly permissions: PermissionSet; readonly commands: CommandPaths}>>;
};

/** @param by Who is asked here, for the record: `ada (dashboard)`. */
export function createGrants({
	keep,
	now,
	by,
}: {
	readonly keep: Pick<PluginKeep, 'readGrants' | 'saveGrant' | 'deleteGrant'>;
	readonly now: () => number;
	readonly by: string;
}): Grants {
	const find = async (key: string): Promise<Outcome<StoredGrant | undefined>> =>
		mapOutcome(await keep.readGrants(), grants => grants.find(grant => grant.key === key));

	const save = ({key, bundleHash, asked, commands}: GrantQuestion): Promise<Outcome<void>> =>
		keep.saveGrant({key, bundleHash, permissions: asked, commands, grantedAt: now(), grantedBy: by});

	return {
		async missing(question) {
			const {key, asked, commands, bundleHash, isVouched} = question;
			const found = await find(key);
			if (!found.ok) {
				return found;
			}

			const grant = found.value;
			if (grant === undefined) {
				return ok({needed: shown(byRisk([runItem, ...describePermissions(asked, commands)])), isUpdate: false});
			}

			const moved = (asked.exec ?? []).filter(({command}) => isMoved(grant, command, commands)).map(entry => describeExec(entry, commands));
			const more = distinct([...comparePermissions(permissionsOf(grant), asked, commands).missing, ...moved]);
			if (grant.bundleHash === bundleHash || isVouched) {
				return ok(more.length === 0 ? undefined : {needed: shown(more), isUpdate: true});
			}

			// Nobody vouches for code that is not the code that was allowed.
			return ok({needed: shown(byRisk([changedItem, ...more])), isUpdate: true});
		},
		save,
		revoke: key => keep.deleteGrant(key),
		read: async key =>
			mapOutcome(await find(key), grant =>
				grant === undefined ? {permissions: {}, commands: {}} : {permissions: permissionsOf(grant), commands: grant.commands},
			),
	};
}

/** Asked for a plugin that needs nothing else too: its code runs, and sees the resources cws shows it. */
const runItem: PermissionItem = {kind: 'code', title: 'run its code, shut in, with a folder of its own', reason: '', risk: 'low'};

const changedItem: PermissionItem = {
	kind: 'code',
	title: 'run its code, which is not the code that was allowed',
	reason: 'its files changed, and nobody signed them',
	risk: 'low',
};

/** The program of this name is another one than that which was allowed. One that was not there then, or is not now, is nobody's. */
const isMoved = ({commands}: StoredGrant, command: string, now: CommandPaths): boolean =>
	Object.hasOwn(commands, command) && Object.hasOwn(now, command) && commands[command] !== now[command];

const distinct = (items: readonly PermissionItem[]): readonly PermissionItem[] => [
	...new Map(items.map(item => [`${item.kind} ${item.title}`, item])).values(),
];

// What comes from a manifest is the plugin's own words.
const shown = (items: readonly PermissionItem[]): readonly PermissionItem[] =>
	items.map(item => ({...item, title: safeText(item.title), reason: safeText(item.reason)}));

/** A grant this version cannot read is none: it is asked again. */
function permissionsOf({permissions}: StoredGrant): PermissionSet {
	if (typeof permissions !== 'object' || permissions === null || Array.isArray(permissions)) {
		return {};
	}

	const set = permissions as PermissionSet;
	try {
		// Walks through every field; what it throws at would be thrown at later.
		comparePermissions(set, set);
		return set;
	} catch {
		return {};
	}
}
