import {homedir} from 'node:os';
import {isAbsolute, join} from 'node:path';
import {type AuditRecord} from '../core/event.ts';
import {type PluginPolicy} from '../core/permissions/policy.ts';
import {type Clock} from '../core/ports/clock.ts';
import {type PluginKeep} from '../core/ports/plugin-keep.ts';
import {type UiPort} from '../core/ports/plugin-ports.ts';
import {type Redactor} from '../core/text/redact.ts';
import {type Store} from '../core/ports/store.ts';
import {type Directories} from '../core/settings.ts';
import {createPluginTrust} from '../host/broker/create-plugin-trust.ts';
import {createLiveRedactor} from '../host/broker/live-redactor.ts';
import {type Allowance, createAllowance} from '../host/broker/pace.ts';
import {type PluginTrust} from '../host/trust.ts';
import {createHttpClient} from '../platform/plugin-io/http-client.ts';
import {createPluginFiles} from '../platform/plugin-io/plugin-files.ts';
import {createCommandRunner} from '../platform/plugin-io/run-command.ts';
import {type OpenSecretStore} from '../platform/secrets/create-secret-store.ts';

type Options = {
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly cwd: string;
	readonly directories: Directories;
	/** Each plugin has a folder of its own in it. */
	readonly pluginData: string;
	/** Folders of plugins: closed to them. */
	readonly pluginFolders: readonly string[];
	readonly keep: PluginKeep;
	readonly secrets: OpenSecretStore;
	readonly policy: PluginPolicy;
	readonly clock: Clock;
	/** `ada (dashboard)`. */
	readonly by: {readonly user: string; readonly pid: number; readonly origin: 'tui' | 'cli'};
	readonly audit: (record: Omit<AuditRecord, 'seq'>) => void;
	/** Nothing was denied, but somebody should look. */
	readonly onAlarm: (message: string) => void;
};

export type OpenPluginTrust = {
	readonly trust: PluginTrust;
	/** Takes the secrets out that plugins have to do with. */
	readonly redact: Redactor;
	/** Gives plugins somebody to talk to; nobody when undefined. */
	readonly setUi: (ui: UiPort | undefined) => void;
	readonly close: () => Promise<void>;
};

/** Joins what plugins may do with the network, the files and the programs of this machine. Nothing is loaded before it is used. */
export function openPluginTrust(options: Options): OpenPluginTrust {
	const {environment, cwd, directories, pluginData, pluginFolders, keep, secrets, policy, clock, by, audit, onAlarm} = options;
	const home = environment['HOME'] ?? homedir();
	const ownConfig = environment['XDG_CONFIG_HOME'] ?? '';
	// The specification: a relative path is to be ignored.
	const xdgConfig = isAbsolute(ownConfig) ? ownConfig : join(home, '.config');
	const http = createHttpClient();
	const exec = createCommandRunner(environment);
	const redactor = createLiveRedactor(secrets.redact);
	const lines = new Map<string, Allowance>();
	let ui: UiPort | undefined;
	const ports = {
		http,
		exec,
		files: createPluginFiles({forbidden: [...Object.values(directories), ...pluginFolders, ...keyrings(home)]}),
		environment,
		get ui() {
			return ui;
		},
	};
	return {
		trust: createPluginTrust({
			keep,
			policy,
			ports,
			secrets,
			redactor,
			clock,
			by: `${by.user} (${by.origin === 'tui' ? 'dashboard' : 'command line'})`,
			roots: {home, xdgConfig, workspace: cwd},
			dataOf: folder => join(pluginData, folder),
			onDenied({plugin, capability, what, caller}) {
				const allowance = lines.get(plugin) ?? createAllowance({clock, limit: auditedPerHour, windowMs: 3_600_000});
				lines.set(plugin, allowance);
				if (allowance.take(1)) {
					const input = {capability, ...(caller !== undefined && {caller})};
					audit({at: clock.now(), command: 'plugin.request', ...by, target: plugin, outcome: 'denied', error: what, input});
				}
			},
			onAlarm: ({plugin, what}) => onAlarm(`The plugin \`${plugin}\` used ${what}.`),
		}),
		redact: redactor.redact,
		setUi(next) {
			ui = next;
		},
		async close() {
			exec.close();
			await http.close();
		},
	};
}

/** Of one plugin: who tries a thousand times is counted in its record, not written down a thousand times. */
const auditedPerHour = 100;

const keyrings = (home: string): readonly string[] =>
	['.local/share/keyrings', '.local/share/kwalletd', '.gnupg/private-keys-v1.d', 'Library/Keychains'].map(path => join(home, path));

/** What the database keeps about plugins, while it is still being opened. */
export const keepOf = (store: Promise<Store>): PluginKeep => ({
	readGrants: async () => (await store).plugins.readGrants(),
	saveGrant: async grant => (await store).plugins.saveGrant(grant),
	deleteGrant: async key => (await store).plugins.deleteGrant(key),
	readQuarantine: async () => (await store).plugins.readQuarantine(),
	saveQuarantine: async quarantine => (await store).plugins.saveQuarantine(quarantine),
	liftQuarantine: async (id, version) => (await store).plugins.liftQuarantine(id, version),
	getEntry: async (owner, key) => (await store).plugins.getEntry(owner, key),
	changeEntries: async (owner, changes, maxBytes) => (await store).plugins.changeEntries(owner, changes, maxBytes),
	listEntries: async (owner, query) => (await store).plugins.listEntries(owner, query),
	clearEntries: async owner => (await store).plugins.clearEntries(owner),
});
