import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {failure, type Failure} from '../core/failure/failure.ts';
import {mapOutcome, type Outcome} from '../core/failure/outcome.ts';
import {type PluginPolicy} from '../core/permissions/policy.ts';
import {type Clock} from '../core/ports/clock.ts';
import {type UiPort} from '../core/ports/plugin-ports.ts';
import {type Directories, type LoadedSettings} from '../core/settings.ts';
import {createEngine} from '../engine/create-engine.ts';
import {type Engine} from '../engine/engine.ts';
import {createPluginHost} from '../host/create-plugin-host.ts';
import {openRedacting} from '../host/transport/redacting-transport.ts';
import {openTracing, type TraceLine} from '../host/transport/trace-transport.ts';
import {type OpenTransport} from '../host/transport/transport.ts';
import {tellSuspects} from '../host/transport/tell-suspects.ts';
import {systemClock} from '../platform/clock.ts';
import {ensureDirectories, resolveDirectories} from '../platform/directories.ts';
import {createLog, type Log} from '../platform/log.ts';
import {isAlive, ownProcess} from '../platform/process.ts';
import {watchedProjectFiles} from '../platform/settings/find-project-files.ts';
import {loadSettings} from '../platform/settings/load-settings.ts';
import {loadPolicy} from '../platform/policy/load-policy.ts';
import {takeSecretVariables} from '../platform/secrets/environment-secrets.ts';
import {setSetting, setSettings, toOptionKeys} from '../platform/settings/set-setting.ts';
import {folderPrint} from '../platform/folder-print.ts';
import {createTemplateReader} from '../platform/templates/read-templates.ts';
import {openStore} from '../platform/store/open-store.ts';
import {createSuspects} from '../platform/suspects.ts';
import {createTrustedFolders, type TrustedFolders} from '../platform/trusted-folders.ts';
import {blamePlugins} from './blame-plugins.ts';
import {locations} from './locations.ts';
import {followChanges} from './follow-changes.ts';
import {createOptionsFollower} from './follow-options.ts';
import {createPausedFollower} from './follow-paused-tasks.ts';
import {createPluginsFollower} from './follow-plugins.ts';
import {createTaskRequests} from './task-requests.ts';
import {openSecrets} from './open-secrets.ts';
import {keepOf, openPluginTrust} from './open-plugin-trust.ts';
import {createSandboxes} from './open-sandboxes.ts';
import {openPluginInstaller} from './open-plugin-installer.ts';
import {pluginSources, userPluginDirectory} from './plugin-sources.ts';
import {version} from './version.ts';

export type DemoOptions = {
	readonly resources?: number;
	readonly seed?: number;
	readonly faults?: boolean;
	/** The recorded fleet of this plugin instead of the scripted ones. */
	readonly fleet?: string;
};

export type AppOptions = {
	/** Secrets are taken out of it. */
	readonly environment: Record<string, string | undefined>;
	readonly cwd: string;
	/** Read instead of the user's `config.toml`. */
	readonly configFile?: string;
	/** Looked through for plugins before anything else; one of them may be a plugin itself. */
	readonly pluginDirs?: readonly string[] | undefined;
	/** `id.field=value`, over every other source. */
	readonly pluginConfig?: readonly string[] | undefined;
	/** Who asks and answers; the command line when absent. */
	readonly face?: 'tui' | 'cli';
	/** Looks once and ends: what comes with cws then needs no thread of its own. */
	readonly isBrief?: boolean;
	/** Scripted providers instead of the person's own, and nothing kept. */
	readonly demo?: DemoOptions;
	/** One plugin alone, every call of it told, and nothing kept. */
	readonly dev?: {readonly id: string; readonly onTrace: (line: TraceLine) => void};
};

/** Everything wired once. Only commands and the dashboard build one. */
export type App = {
	readonly version: string;
	readonly engine: Engine;
	readonly clock: Clock;
	readonly log: Log;
	readonly settings: LoadedSettings;
	readonly directories: Directories;
	readonly configFile: string;
	/** Writes one setting into the user's file, without touching the rest of it. */
	readonly saveSetting: (key: string, value: unknown) => Promise<Outcome<void>>;
	/** Gives plugins somebody to talk to: the dashboard while it is open. */
	readonly setPluginUi: (ui: UiPort | undefined) => void;
	/** The settings as their sources have them now; those that hold are `settings`. */
	readonly readSettings: () => LoadedSettings;
	/** Where a secret that is set now would be kept. */
	readonly secretPlace: () => Promise<'keychain' | 'file'>;
	/** Hears what is changed about plugins beside this process: settings, folders, grants; for who stays. Returns the end of it. */
	readonly followSettings: () => () => void;
	/** What the administrator of the machine decided about plugins. */
	readonly policy: PluginPolicy;
	/** Folders whose own plugins may run. */
	readonly trusted: TrustedFolders;
	/** Stops the plugins and closes the database; says which thread would not end. */
	readonly close: (deadlineMs?: number) => Promise<readonly Failure[]>;
};

/** The plugins that come with cws: those of the built program, and those of its sources where both are. */
const ownDirectories = [locations.plugins, new URL('plugins/', locations.package)].map(url => fileURLToPath(url));

export function createApp({
	environment,
	cwd,
	configFile: ownFile,
	pluginDirs,
	pluginConfig,
	face = 'cli',
	isBrief = false,
	demo,
	dev,
}: AppOptions): App {
	// Before anything starts that would inherit them.
	const variables = takeSecretVariables(environment);
	const clock = systemClock;
	const directories = resolveDirectories({environment});
	const unwritable = ensureDirectories(directories);
	const own = ownProcess();
	// It opens while everything else is loaded.
	const store = openStore({
		file: demo || dev || unwritable.length > 0 ? ':memory:' : join(directories.data, 'cws.db'),
		// One verb has no keys to answer meanwhile.
		workerUrl: face === 'cli' && dev === undefined ? undefined : locations.storeWorker,
		clock,
		pid: own.pid,
		startTime: own.startTime,
	});
	const configFile = ownFile ?? join(directories.config, 'config.toml');
	const trusted = createTrustedFolders(directories.data);
	const readSettings = () => loadSettings({directories, cwd, environment, configFile, pluginConfig, isTrusted: trusted.isTrusted});
	const settings = readSettings();
	const saveSetting = async (key: string, value: unknown) => setSetting(configFile, key, value);
	const secrets = openSecrets({
		variables,
		home: environment.CWS_HOME,
		directories,
		place: settings.settings.secrets.place,
		clock,
		onProblem(problem) {
			log.write('warn', problem.message);
			engine.addNotice(problem);
		},
	});
	const log = createLog({directory: directories.state, now: clock.now, pid: own.pid, redact: secrets.redact});
	const {policy, problems: policyProblems} = loadPolicy(environment.CWS_POLICY);
	const {plugins} = settings.settings;
	const {sources, problems} = pluginSources({environment, cwd, directories, settings: settings.settings, trusted, pluginDirs});
	const keep = keepOf(store);
	const requests = createTaskRequests({keep, clock});
	const pluginData = join(directories.data, 'plugins');
	const broker = openPluginTrust({
		environment,
		cwd,
		directories,
		pluginData,
		pluginFolders: sources.map(({directory}) => directory),
		keep,
		secrets,
		policy,
		clock,
		by: {user: own.user, pid: own.pid, origin: face},
		audit: record => void store.then(({appendAudit}) => appendAudit(record)),
		onAlarm(message) {
			log.write('warn', message);
			engine.addNotice(failure('CWS_PLUGIN_QUOTA', {message}));
		},
	});
	const sandboxes = createSandboxes(directories.cache);
	const locale = environment.LC_ALL ?? environment.LANG ?? 'C.UTF-8';
	const suspects = createSuspects({directory: directories.state, pid: own.pid, startTime: own.startTime, isAlive});
	const traced = (open: OpenTransport): OpenTransport => (dev === undefined ? open : openTracing(open, clock, dev.onTrace));
	const host = createPluginHost({
		pluginDirectories: demo ? sources.filter(({origin}) => origin === 'bundled') : sources,
		discovery: {
			ownDirectories,
			...(!demo && {allow: plugins.allow, deny: plugins.deny, surroundings: {environment, configured: Object.keys(plugins.options)}}),
		},
		bundledAreChecked: locations.isBuilt,
		cwsVersion: version,
		onlyHidden: demo !== undefined,
		...(demo?.fleet !== undefined && {only: [demo.fleet]}),
		...(dev !== undefined && {only: [dev.id]}),
		workerUrl: locations.pluginWorker,
		isBrief,
		trust: broker.trust,
		quarantine: blamePlugins({keep, suspects, now: clock.now, records: () => host.records()}),
		openSandbox: tellSuspects(traced(openRedacting(sandboxes.openSandbox, broker.redact)), {
			book: suspects,
			clock,
			residentBytes: () => process.memoryUsage.rss(),
		}),
		openProcess: traced(openRedacting(sandboxes.openProcess, broker.redact)),
		isolationOf: id => policy.isolation ?? plugins.isolationOf[id] ?? plugins.isolation,
		clock,
		disabled: demo ? [] : settings.settings.plugins.disabled,
		setDisabled: async ids => saveSetting('plugins.disabled', ids),
		...(!demo && {pausedTasks: plugins.pausedTasks ?? [], setPausedTasks: async tasks => saveSetting('plugins.pausedTasks', tasks)}),
		cancelElsewhere: requests.ask,
		pluginOptions: demo?.fleet ? {[demo.fleet]: {demo: true}} : demo ? {mock: {...demo}} : settings.settings.plugins.options,
		...(!demo && {secrets}),
		sharedOptions: {currency: settings.settings.cost.currency},
		directories: {data: pluginData, cache: join(directories.cache, 'plugins')},
		locale,
	});
	const rereadPaused = createPausedFollower({host, initial: plugins.pausedTasks ?? [], read: readSettings});
	const follower = createOptionsFollower({
		host,
		initial: plugins.options,
		read: readSettings,
		onProblem(problem) {
			engine.addNotice(problem);
		},
	});
	const engine = createEngine({
		host,
		readTemplates: createTemplateReader([
			{place: 'user', directory: join(directories.config, 'templates')},
			{place: 'project', directory: join(cwd, '.cws', 'templates')},
		]),
		secrets,
		installer: openPluginInstaller({
			directory: userPluginDirectory(directories),
			data: [pluginData, join(directories.cache, 'plugins')],
			keep,
			trust: broker.trust,
			openSandbox: sandboxes.openSandbox,
			clock,
			locale,
		}),
		saveTrust: (folder, isTrusted) => (isTrusted ? trusted.trust(folder) : trusted.distrust(folder)),
		async savePluginConfig(plugin, values) {
			const saved = setSettings(configFile, toOptionKeys(plugin, values));
			return mapOutcome(saved, () => {
				const {options} = readSettings().settings.plugins;
				follower.known(options);
				return options[plugin] ?? {};
			});
		},
		store,
		clock,
		settings: settings.settings,
		notices: [...unwritable, ...settings.problems, ...policyProblems, ...(demo ? [] : problems)],
		process: {pid: own.pid, user: own.user, isAlive},
		isDemo: demo !== undefined,
	});
	return {
		version,
		engine,
		clock,
		log,
		settings,
		directories,
		configFile,
		saveSetting,
		readSettings,
		trusted,
		policy,
		setPluginUi: broker.setUi,
		secretPlace: secrets.place,
		followSettings: () =>
			demo
				? () => {}
				: followChanges({
						clock,
						store,
						directories,
						configFiles: [configFile, ...watchedProjectFiles(cwd)],
						plugins: createPluginsFollower({
							host,
							keep,
							read: readSettings,
							printOf: ({directory, manifest}) => folderPrint(directory, ['plugin.json', manifest.main]),
						}),
						onStore: () => void requests.look(host),
						onSettings() {
							void follower.reread();
							void rereadPaused();
						},
					}),
		async close(deadlineMs) {
			const undead = await engine.stop(deadlineMs);
			secrets.close();
			await broker.close();
			return undead;
		},
	};
}
