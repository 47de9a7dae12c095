/** A class with CloudCTL's shape: `new MyCloud(config, dryRun)` with `deploy`, `list`, `destroy` and `estimate_cost`. */
export type LegacyProvider = new (config: never, dryRun: boolean, services: never) => object;

/**
Names a provider class of the older one-file shape: `export default registerProvider('my-cloud', MyCloud)`. `cws plugin install
./my_cloud_provider.ts` makes a plugin of such a file; new plugins use `definePlugin`.
*/
export const registerProvider = (
	name: string,
	type: LegacyProvider,
): {readonly registeredProvider: string; readonly type: LegacyProvider} => ({
	registeredProvider: name,
	type,
});
