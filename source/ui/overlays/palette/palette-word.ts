/** What to type in the palette for a command: `global.focusPlugins` is `plugins`, `resources.copyId` is `copy-id`. */
export function paletteWord(id: string): string {
	const [scope = '', own = id] = id.split('.');
	const word = own
		.replace(/^focus/, '')
		.replaceAll(/(?<=[a-z])[A-Z]/g, letter => `-${letter}`)
		.toLowerCase();
	return scope === 'plugins' && !own.startsWith('focus') ? `plugin-${word}` : word;
}
