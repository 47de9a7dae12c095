import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {type Plugin} from 'esbuild';

const bundled = (file: string): string => JSON.stringify(fileURLToPath(new URL(file, import.meta.url)));

type Patch = {readonly filter: RegExp; readonly replacements: readonly (readonly [string, string])[]};

// Measured on 120×36 with every row changing: half of the time of a frame.
const patches: readonly Patch[] = [
	{
		// Boxes, blocks and arrows are one cell each; upstream asks the segmenter and four regular expressions about every one of them.
		filter: /[\\/]string-width[\\/]index\.js$/,
		replacements: [
			[
				'export default function stringWidth(',
				'const plainNarrow = /^[\\u0020-\\u007E\\u00A1-\\u00AC\\u00AE-\\u02FF\\u2010-\\u2027\\u2190-\\u21FF\\u2500-\\u25FC\\u2713-\\u2718\\u2800-\\u28FF]*$/;\nexport default function stringWidth(',
			],
			[
				'\tlet width = 0;\n\tconst eastAsianWidthOptions',
				'\tif (options.ambiguousIsNarrow !== false && plainNarrow.test(string)) {\n\t\treturn string.length;\n\t}\n\n\tlet width = 0;\n\tconst eastAsianWidthOptions',
			],
			// Their sets of characters take 10 to 30 ms to make, and most sessions never meet an emoji.
			// Not as a literal: the engine makes that set to see whether it is one, as soon as it compiles what is around it.
			[
				'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
				"let rgiEmoji;\nconst rgiEmojiRegex = {test: text => (rgiEmoji ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(text)};",
			],
			['const visibleCharacterRegex = /', 'let visibleCharacter;\nconst visibleCharacterRegex = () => visibleCharacter ??= /'],
			['segment.search(visibleCharacterRegex)', 'segment.search(visibleCharacterRegex())'],
			['visibleCharacterRegex.test(character)', 'visibleCharacterRegex().test(character)'],
		],
	},
	{
		// Ink forgets after each frame what its lines were made of; most lines of the next frame are the same.
		filter: /[\\/]ink[\\/]build[\\/]output\.js$/,
		replacements: [
			[
				'export default class Output {',
				'const emptyCell = {type: "char", value: " ", fullWidth: false, styles: []};\nconst keptLines = recentlyUsed();\n' +
					'const isVisible = text => text < "\\u00AD" || (text >= "\\u2190" && text < "\\u2900");\nconst keptCaches = Object.assign(new OutputCaches(), {widths: recentlyUsed(), blockWidths: recentlyUsed(), styledChars: recentlyUsed(128)});\nexport default class Output {',
			],
			['caches = new OutputCaches();', 'caches = keptCaches;'],
			// A screen of cells that are all the same need not be as many objects.
			[
				"row.push({\n                    type: 'char',\n                    value: ' ',\n                    fullWidth: false,\n                    styles: [],\n                });",
				'row.push(emptyCell);',
			],
			[
				'const characterLines = [[]];\n        for (const character of this.caches.getStyledChars(text)) {',
				'let lines = keptLines.get(text);\n        const isKnown = lines !== undefined;\n        const characterLines = [[]];\n        for (const character of isKnown ? [] : this.caches.getStyledChars(text)) {',
			],
			[
				'let lines = characterLines.map(line => styledCharsToString(line));',
				'if (!isKnown) {\n            lines = characterLines.map(line => styledCharsToString(line));\n            keptLines.set(text, lines);\n        }',
			],
			// Rows that are written as before are not put together again.
			['import stringWidth', `import {knownRows} from ${bundled('known-rows.ts')};\nimport stringWidth`],
			['const output = [];', 'const output = [];\n        const known = knownRows(this.operations, this.width, this.height);'],
			[
				'            const row = [];',
				'            if (known.texts[y] !== undefined) {\n                output.push(undefined);\n                continue;\n            }\n            const row = [];',
			],
			[
				'            else {\n                this.applyWriteOperation(',
				'            else if (known.texts[operation.y] === undefined) {\n                this.applyWriteOperation(',
			],
			[
				'            .map(line => {\n            // See',
				'            .map((line, y) => {\n            if (line === undefined) return known.texts[y];\n            // See',
			],
			[
				'return styledCharsToString(lineWithoutEmptyItems).trimEnd();',
				'return known.remember(y, styledCharsToString(lineWithoutEmptyItems).trimEnd());',
			],
			['character => !/^\\p{Default', 'character => isVisible(character.value) || !/^\\p{Default'],
		],
	},
	{
		filter: /[\\/]ink[\\/]build[\\/]sanitize-ansi\.js$/,
		replacements: [['export default sanitizeAnsi;', 'export default remembered(sanitizeAnsi);']],
	},
	{
		filter: /[\\/]widest-line[\\/]index\.js$/,
		replacements: [['export default function widestLine(', 'export default remembered(widestLine);\nfunction widestLine(']],
	},
	{
		// Characters that never join with their neighbours need nobody to tell where they end.
		filter: /[\\/]ansi-tokenize[\\/]build[\\/]tokenize\.js$/,
		replacements: [
			['of segmenter.segment(str)', 'of segmentsOf(str)'],
			[
				'const segmenter =',
				'const loners = /^[\\n\\u001B\\u0020-\\u007E\\u00A1-\\u00AC\\u00AE-\\u02FF\\u2010-\\u2027\\u2190-\\u21FF\\u2500-\\u25FC\\u2713-\\u2718\\u2800-\\u28FF]*$/;\nconst segmentsOf = str => loners.test(str) ? Array.from(str, (segment, index) => ({segment, index})) : segmenter.segment(str);\nconst segmenter =',
			],
		],
	},
	{
		// Yoga asks `fetch` for bytes that it holds itself, which loads all of HTTP into the process before the first frame.
		filter: /[\\/]yoga-wasm-base64-esm\.js$/,
		replacements: [
			['return w||"function"!=typeof fetch?Promise', 'return !0?Promise'],
			[
				'try{var b=xa(a.slice(37)),c=new Uint8Array(b.length);for(a=0;a<b.length;++a)c[a]=b.charCodeAt(a);var d=c}catch',
				'try{var d=Buffer.from(a.slice(37),"base64")}catch',
			],
		],
	},
	{
		// Meow loads what puts a package.json right, licences and all: 20 ms before any verb, and we give it a right one.
		filter: /[\\/]meow[\\/]build[\\/]dependencies\.js$/,
		replacements: [
			['var normalizeExports = requireNormalize();\n', ''],
			['promisify(execFile);', ''],
			['const normalizePackageData = getDefaultExportFromCjs(normalizeExports);', 'const normalizePackageData = () => {};'],
		],
	},
	{
		// Lines that stay are passed over in one step.
		filter: /[\\/]ink[\\/]build[\\/]log-update\.js$/,
		replacements: [
			[
				"stream.write(buffer.join(''));",
				"stream.write(buffer.join('').replace(/(?:\\x1B\\[E){2,}/g, lines => `\\x1B[${lines.length / 3}E`));",
			],
		],
	},
	{
		// A step of an age is a few bytes then, not the rest of its line.
		filter: /[\\/]ink[\\/]build[\\/]line-update\.js$/,
		replacements: [
			['import ansiEscapes', `import {changedCells} from ${bundled('changed-cells.ts')};\nimport ansiEscapes`],
			[
				'let commonLength = 0;',
				'const cells = changedCells(previous, next, columns);\n\tif (cells !== undefined) return cells.length < full.length ? cells : full;\n\tlet commonLength = 0;',
			],
		],
	},
	{
		// One array for all characters of a style: two of them are compared at a glance, and a line takes a third of the memory.
		filter: /[\\/]ansi-tokenize[\\/]build[\\/]styledChars\.js$/,
		replacements: [['styles: [...codes],', 'styles: codes,']],
	},
];

// Two generations of a few screens each: what was not asked for in the newer one goes with the older one.
const helpers = `
const recentlyUsed = (most = 512) => {
	let newer = new Map();
	let older = new Map();
	const set = (text, value) => {
		if (newer.size >= most) {
			older = newer;
			newer = new Map();
		}
		newer.set(text, value);
	};
	const get = text => {
		let value = newer.get(text);
		if (value === undefined && (value = older.get(text)) !== undefined) set(text, value);
		return value;
	};
	return {get, set};
};
const remembered = read => {
	const values = recentlyUsed();
	return text => {
		let value = values.get(text);
		if (value === undefined) values.set(text, (value = read(text)));
		return value;
	};
};
`;

/** Makes Ink's frame and the start of verbs cheaper while bundling. Fails the build when a new version no longer has what is replaced. */
export const fasterInk: Plugin = {
	name: 'faster-ink',
	setup(build) {
		for (const {filter, replacements} of patches) {
			build.onLoad({filter}, async ({path}) => {
				let contents = await readFile(path, 'utf8');
				for (const [from, to] of replacements) {
					if (!contents.includes(from)) {
						throw new Error(`faster-ink: ${path} has changed, look at it again`);
					}

					contents = contents.replace(from, () => to);
				}

				return {contents: helpers + contents, loader: 'js'};
			});
		}
	},
};
