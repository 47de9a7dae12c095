import assert from 'node:assert/strict';
import {existsSync, globSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {toKebab} from '../../source/core/text/kebab.ts';
import {globalFlags, parseArguments} from '../../source/commands/parse-arguments.ts';
import {verbLoaders} from '../../source/commands/verbs.ts';
import {verbAliases} from '../../source/core/verb-words.ts';
import {findPluginVerb} from '../../source/commands/plugin-commands/find-verb.ts';
import {type Verb} from '../../source/commands/shared/verb.ts';
import {discoverPlugins} from '../../source/host/manifest/discover.ts';
import {firstRecord} from '../../source/host/slot/first-record.ts';

const root = path.resolve(import.meta.dirname, '../..');
const bundled = discoverPlugins([{origin: 'bundled', directory: path.join(root, 'plugins')}]).map(plugin =>
	firstRecord(plugin, {isDisabled: false, canRun: true}),
);
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...globSync(['docs/*.md', 'plugins/*/README.md'], {cwd: root})].map(
	file => ({
		file,
		text: readFileSync(path.join(root, file), 'utf8'),
	}),
);

for (const {file, text} of pages) {
	test(`${file} links to what exists`, () => {
		const lost = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
			.map(([, target]) => target!)
			.filter(target => !/^[a-z]+:/.test(target))
			.filter(target => !isThere(file, target));
		assert.deepEqual(lost, []);
	});

	test(`${file} prints command lines that cws understands`, async () => {
		const wrong: string[] = [];
		for (const line of commandLines(text)) {
			wrong.push(...(await complaints(line, true, text)));
		}

		for (const [, line] of withoutBlocks(text).matchAll(/`(cws [^`]+)`/g)) {
			wrong.push(...(await complaints(line!, false, text)));
		}

		assert.deepEqual(wrong, []);
	});

	test(`${file} names no host of a registry and no path of one machine`, () => {
		assert.doesNotMatch(text, /registry\.\w+\.\w|npmjs|\/work\/|\/home\/|\/root\/|\/tmp\/tmp/);
	});
}

test('docs/codebase-guide.md names files that exist', () => {
	const {text} = pages.find(({file}) => file === 'docs/codebase-guide.md')!;
	const lost = [...text.matchAll(/`([\w.-]+(?:\/[\w.*-]+)+(?:\.\w+|\/))`/g)]
		.map(([, name]) => name!)
		.filter(name => globSync([name, `source/${name}`], {cwd: root}).length === 0);
	assert.deepEqual(lost, []);
});

test('the examples in the help of each verb are understood', async () => {
	const wrong: string[] = [];
	for (const load of Object.values(verbLoaders)) {
		for (const example of (await load()).examples ?? []) {
			wrong.push(...(await complaints(example, true)));
		}
	}

	assert.deepEqual(wrong, []);
});

const withoutBlocks = (text: string): string => text.replaceAll(/^```[^]*?^```$/gm, '');

const withoutCode = (text: string): string => withoutBlocks(text).replaceAll(/`[^`\n]*`/g, '');

function isThere(file: string, target: string): boolean {
	const [name = '', anchor] = target.split('#');
	const to = name === '' ? path.join(root, file) : path.resolve(root, path.dirname(file), name);
	if (!existsSync(to)) {
		return false;
	}

	return anchor === undefined || [...readFileSync(to, 'utf8').matchAll(/^#+ (.+)$/gm)].some(([, title]) => slugOf(title!) === anchor);
}

// As the places that show Markdown make them.
const slugOf = (title: string): string =>
	title
		.toLowerCase()
		.replaceAll(/[^\p{Letter}\p{Number} _-]/gu, '')
		.replaceAll(' ', '-');

/** The lines of shell blocks that call cws, without variables in front and comments behind. */
const commandLines = (text: string): readonly string[] =>
	[...text.matchAll(/^```sh\n([^]*?)^```$/gm)]
		.flatMap(([, block]) => block!.split(/\n|&&/))
		.map(line =>
			line
				.replace(/\s+#.*$/, '')
				.trim()
				.replace(/^(?:[A-Z_]+=(?:\$\([^)]*\)|\S*) )+/, ''),
		)
		.filter(line => /^cws(?: |$)/.test(line));

/** What is wrong with a command line; only a `whole` one has all its arguments. */
async function complaints(line: string, isWhole: boolean, page = ''): Promise<readonly string[]> {
	const [word, ...behind] = wordsOf(line).slice(1);
	if (word === undefined || word.startsWith('-') || (!isWhole && /^[<[]/.test(word))) {
		return [];
	}

	const own = await verbLoaders[verbAliases[word] ?? word]?.();
	const found = own === undefined ? findPluginVerb(bundled, [word, ...behind]) : {verb: own, rest: behind};
	if (found === undefined) {
		// A page may make a plugin, which has a command of its name, and then use it.
		return page.includes(`cws plugin new ${word}`) ? [] : [`${line}: no verb \`${word}\``];
	}

	const {verb, rest} = found;
	if (own === undefined && !isWhole) {
		return [];
	}

	if (isWhole) {
		const parsed = await parseArguments(verb, rest);
		return [...(parsed.ok ? [] : [`${line}: ${parsed.error.message}`]), ...actionComplaints(line, verb, rest)];
	}

	const known = flagsOf(verb);
	return [
		...rest
			.slice(0, rest.includes('--') ? rest.indexOf('--') : rest.length)
			.filter(word => /^-{1,2}[a-z]/.test(word) && !known.has(word.split('=')[0]!))
			.map(flag => `${line}: no flag \`${flag}\``),
		...actionComplaints(line, verb, rest),
	];
}

/** Some verbs have words of their own, one a line of their usage: `plugin enable ID`. */
function actionComplaints(line: string, {usage}: Verb, [action]: readonly string[]): readonly string[] {
	const actions = usage.includes('\n') ? usage.split('\n').map(one => one.split(' ')[0]) : [];
	return action === undefined || actions.length === 0 || actions.includes(action) ? [] : [`${line}: no \`${action}\``];
}

const flagsOf = ({flags}: Verb): ReadonlySet<string> =>
	new Set(
		Object.entries({...globalFlags, ...flags}).flatMap(([name, {type, alias}]) => [
			`--${toKebab(name)}`,
			...(type === 'boolean' ? [`--no-${toKebab(name)}`] : []),
			...(alias === undefined ? [] : [`-${alias}`]),
		]),
	);

/** The words of a shell line, quotes taken away. */
const wordsOf = (line: string): readonly string[] =>
	[...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'));
