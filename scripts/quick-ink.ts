// Ink works out every line of every frame from the start, though from one frame to the next nearly all stay as they are.
// What it works out about a line depends on nothing but the line, so the shipped bundle remembers it for a few frames.
import {readFile} from 'node:fs/promises';
import {type Plugin} from 'esbuild';

type Edit = {readonly file: RegExp; readonly before: string; readonly after: string};

// Two generations of a few screens each: what was not asked for in the newer one is forgotten with the older one.
const remember = `
const rememberLines = (most = 256) => {
	let newer = new Map();
	let older = new Map();
	return {
		get(text) {
			let value = newer.get(text);
			if (value === undefined && (value = older.get(text)) !== undefined) this.set(text, value);
			return value;
		},
		set(text, value) {
			if (newer.size >= most) {
				older = newer;
				newer = new Map();
			}
			newer.set(text, value);
		},
	};
};
const remembered = read => {
	const lines = rememberLines();
	return text => {
		let value = lines.get(text);
		if (value === undefined) lines.set(text, (value = read(text)));
		return value;
	};
};
`;

const edits: readonly Edit[] = [
	{
		file: /ink[/\\]build[/\\]output\.js$/,
		before: 'caches = new OutputCaches();',
		after: 'caches = keptCaches;',
	},
	{
		file: /ink[/\\]build[/\\]output\.js$/,
		before: 'export default class Output {',
		after: `const keptCaches = Object.assign(new OutputCaches(), {widths: rememberLines(1024), blockWidths: rememberLines(), styledChars: rememberLines()});
export default class Output {`,
	},
	{
		file: /ink[/\\]build[/\\]sanitize-ansi\.js$/,
		before: 'export default sanitizeAnsi;',
		after: 'export default remembered(sanitizeAnsi);',
	},
	{
		file: /widest-line[/\\]index\.js$/,
		before: 'export default function widestLine(',
		after: 'export default remembered(widestLine);\nfunction widestLine(',
	},
	// One array for all characters of a style, so that two of them are compared at a glance.
	{
		file: /ansi-tokenize[/\\]build[/\\]styledChars\.js$/,
		before: 'styles: [...codes],',
		after: 'styles: codes,',
	},
];

export const quickInk: Plugin = {
	name: 'quick-ink',
	setup(build) {
		for (const file of new Set(edits.map(edit => edit.file))) {
			build.onLoad({filter: file}, async ({path}) => {
				let text = await readFile(path, 'utf8');
				for (const {before, after} of edits.filter(edit => edit.file.source === file.source)) {
					if (!text.includes(before)) {
						throw new Error(`\`${path}\` has no \`${before}\` any more; see scripts/quick-ink.ts`);
					}

					text = text.replace(before, () => after);
				}

				return {contents: remember + text, loader: 'js'};
			});
		}
	},
};
