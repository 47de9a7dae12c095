// The built program is flat in dist/, with its chunks one folder below; the source tree is as it is.
const here = import.meta.url;
const isBuilt = !here.endsWith('.ts');
const root = isBuilt ? new URL(here.includes('/chunks/') ? '../' : './', here) : new URL('../', here);

/** Where the worker files and the bundled plugins lie, built or not. */
export const locations = {
	isBuilt,
	storeWorker: new URL(isBuilt ? 'workers/store-worker.js' : 'platform/store/store-worker.ts', root),
	keychainWorker: new URL(isBuilt ? 'workers/keychain-worker.js' : 'platform/secrets/keychain-worker.ts', root),
	pluginWorker: new URL(isBuilt ? 'workers/plugin-worker.js' : 'host/worker/plugin-worker.ts', root),
	/** The script sandboxes start from; only a build makes it. */
	sandbox: new URL(isBuilt ? 'workers/sandbox.js' : '../dist/workers/sandbox.js', root),
	/** What `cws/sdk` stands for in the code of a plugin, and where older shapes are adapted. */
	sdk: new URL(isBuilt ? 'sdk/index.js' : 'sdk/index.ts', root),
	adapter: new URL(isBuilt ? 'sdk/adapter.js' : 'sdk/adapter/adapt-plugin.ts', root),
	/** The folder those lie in, with all they import. */
	ours: root,
	plugins: new URL(isBuilt ? 'plugins/' : '../plugins/', root),
	/** The folder of the package: `node_modules/cws`, or the repository. */
	package: new URL('..', root),
} as const;
