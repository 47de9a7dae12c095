import {failed, ok} from '../../core/failure/outcome.ts';
import {FailureError} from '../../core/failure/failure.ts';
import {type PermissionSet} from '../../core/manifest/permissions.ts';
import {type CommandPaths} from '../../core/permissions/describe.ts';
import {type PathRoots} from '../../core/permissions/path.ts';
import {type PluginPolicy} from '../../core/permissions/policy.ts';
import {pluginKey} from '../../core/plugin-key.ts';
import {type PluginKeep} from '../../core/ports/plugin-keep.ts';
import {type ExecPort} from '../../core/ports/plugin-ports.ts';
import {ownFolder} from '../own-folder.ts';
import {type Asker, type PluginTrust} from '../trust.ts';
import {type BrokerNotice, type BrokerOptions, createBroker, createPluginMemory, type PluginMemory} from './create-broker.ts';
import {createGrants, type GrantQuestion, type Grants} from './grants/create-grants.ts';
import {policyRefusal} from './grants/policy-refusal.ts';

export type PluginTrustOptions = Pick<BrokerOptions, 'ports' | 'secrets' | 'redactor' | 'clock' | 'limits'> & {
	readonly keep: PluginKeep;
	readonly policy?: PluginPolicy;
	/** Who answers when a plugin asks: `ada (dashboard)`. */
	readonly by: string;
	/** What the variables of granted paths stand for, without the plugin's own folder. */
	readonly roots: Omit<PathRoots, 'pluginData'>;
	/** Where a folder of that name is, see `ownFolder`; it is there when the plugin runs. */
	readonly dataOf: (folder: string) => string;
	/** Every denied attempt, for the audit. */
	readonly onDenied?: (notice: BrokerNotice) => void;
	/** Nothing was denied, but somebody should look. */
	readonly onAlarm?: (notice: BrokerNotice) => void;
};

/** Decides what plugins may do: the policy of the machine, what the person granted, and the broker that holds both up at every call. */
export function createPluginTrust(options: PluginTrustOptions): PluginTrust {
	const {keep, clock, by, policy = {}, ports, secrets, redactor, limits, roots, dataOf, onAlarm = () => {}} = options;
	const grants = createGrants({keep, now: () => clock.now(), by});
	const memories = new Map<string, PluginMemory>();

	/** A plugin that comes with cws is cws: what it asks for is granted, and the policy alone stands above. */
	async function grantOf({record}: Asker): ReturnType<Grants['read']> {
		return record.origin === 'bundled'
			? ok({permissions: record.manifest.permissions ?? {}, commands: {}})
			: grants.read(pluginKey(record));
	}

	return {
		async missing(asker) {
			const {id, origin, manifest} = asker.record;
			const {version, permissions = {}} = manifest;
			// Signatures come with the packages that carry them; until then nothing from outside has one.
			const refusal = await policyRefusal(policy, {id, origin, version, permissions, isSigned: false});
			if (refusal !== undefined) {
				return failed(refusal);
			}

			return origin === 'bundled' ? ok(undefined) : grants.missing(await questionOf(asker, ports.exec));
		},
		grant: async asker => grants.save(await questionOf(asker, ports.exec)),
		revoke: ({record}) => grants.revoke(pluginKey(record)),
		async capabilities(asker, {onDenied}) {
			const {record} = asker;
			const {id, manifest} = record;
			const key = pluginKey(record);
			const grant = await grantOf(asker);
			if (!grant.ok) {
				throw new FailureError(grant.error);
			}

			const memory = memories.get(key) ?? createPluginMemory({plugin: {id}, clock, ...(limits && {limits}), onAlarm});
			memories.set(key, memory);
			return createBroker({
				plugin: {id, title: manifest.title, key, asked: manifest.permissions ?? {}},
				grant: grant.value.permissions,
				commands: grant.value.commands,
				ports,
				keep,
				secrets,
				redactor,
				clock,
				roots: {...roots, pluginData: dataOf(ownFolder(record))},
				...(limits && {limits}),
				memory,
				onDenied(notice) {
					onDenied(attemptOf(notice));
					options.onDenied?.(notice);
				},
				onAlarm,
			});
		},
	};
}

const questionOf = async ({record, bundleHash}: Asker, exec: Pick<ExecPort, 'resolve'>): Promise<GrantQuestion> => ({
	key: pluginKey(record),
	bundleHash,
	asked: record.manifest.permissions ?? {},
	commands: await findCommands(record.manifest.permissions ?? {}, exec),
	// Who names a folder on the command line works on it.
	isVouched: record.origin === 'directory',
});

async function findCommands({exec = []}: PermissionSet, {resolve}: Pick<ExecPort, 'resolve'>): Promise<CommandPaths> {
	const found = await Promise.all(
		[...new Set(exec.map(({command}) => command))].map(async command => [command, await resolve(command)] as const),
	);
	return Object.fromEntries(found.flatMap(([command, path]) => (path === undefined ? [] : [[command, path]])));
}

const attemptOf = ({capability, what, caller}: BrokerNotice): string =>
	`\`${capability}\`${caller === undefined ? '' : ` for the plugin \`${caller}\``} (${what.replace(/\.$/, '')})`;
