/** `pluginDir` as it is typed: `plugin-dir`. */
export const toKebab = (name: string): string => name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);

/** `plugin-dir` or `plugin_dir` as a name in code: `pluginDir`. */
export const toCamel = (name: string): string => name.replaceAll(/[-_]+([A-Za-z\d])/g, (_, letter: string) => letter.toUpperCase());
