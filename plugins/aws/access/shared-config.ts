/** The settings of one section by their names. */
export type Section = Readonly<Record<string, string | undefined>>;

export type SharedConfig = {
	/** Profiles by name, of both files; what the credentials file says wins. */
	readonly profiles: ReadonlyMap<string, Section>;
	/** The other sections: `sso-session.NAME`, `services.NAME`. */
	readonly sections: Readonly<Record<string, Section>>;
};

/** Reads `~/.aws/config` and `~/.aws/credentials`, or the files the environment names. Files that are not there are empty. */
export async function readSharedConfig(env: Readonly<Record<string, string | undefined>>): Promise<SharedConfig> {
	const {AWS_CONFIG_FILE: configFilepath, AWS_SHARED_CREDENTIALS_FILE: filepath} = env;
	const {loadSharedConfigFiles} = await import('../clients/config-files.ts');
	const {configFile, credentialsFile} = await loadSharedConfigFiles({
		...(configFilepath !== undefined && {configFilepath}),
		...(filepath !== undefined && {filepath}),
		ignoreCache: true,
	});
	const names = new Set([
		...Object.keys(configFile).filter(name => !/^(?:sso-session|services)\./.test(name)),
		...Object.keys(credentialsFile),
	]);
	return {
		profiles: new Map([...names].map(name => [name, {...configFile[name], ...credentialsFile[name]}])),
		sections: configFile,
	};
}
