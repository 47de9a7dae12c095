import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const source = fileURLToPath(new URL('../../source/', import.meta.url));

type Member = {readonly name: string; readonly comment: string; readonly code: string};

const introduction = `# The contract of a plugin

Everything \`cws/sdk\` and \`cws/sdk/testing\` export, as it stands in their types; this page is made of them. How a plugin comes to be is in the [guide](plugin-guide.md), what it may touch in [permissions](plugin-permissions.md), and every field of its manifest in [plugin.schema.json](plugin.schema.json).

What a provider promises, in short; \`cws plugin test\` holds it against yours:

- \`deploy\` and \`plan\` of a type it does not have fail and name the provider and the type; \`list\` of one is empty.
- \`destroy\` of what is gone is \`{status: 'not_found'}\` and no error; \`get\` of it is \`null\`.
- The same \`spec.token\` gives the same resource, however often \`deploy\` is called.
- A plan changes nothing and needs no credentials. A missing secret is an error only when a real call needs it.
- What it cannot read in an answer is left out and counted as \`skipped\`.
- Expected failures are thrown with \`providerError\`; anything else that is thrown is reported as a bug of the plugin.
- Everything that crosses is JSON.
`;

/** The reference of the SDK, made of the files its index names. */
export function renderContractDocs(): string {
	return [
		introduction,
		'# cws/sdk\n',
		...exportsOf('sdk/index.ts').map(member => render(member)),
		'# cws/sdk/testing\n',
		...exportsOf('testing/index.ts').map(member => render(member)),
	].join('\n');
}

const render = ({name, comment, code}: Member): string =>
	`## ${name}\n\n${comment === '' ? '' : `${comment}\n\n`}\`\`\`ts\n${code}\n\`\`\`\n`;

/** In the order of the index: that is the order somebody thought about. */
function exportsOf(index: string): readonly Member[] {
	const text = readFileSync(source + index, 'utf8');
	return [...text.matchAll(/export \{([^}]+)\} from '([^']+)';/g)].flatMap(([, names, from]) => {
		const file = new URL(from!, `file:///${index}`).pathname.slice(1);
		const lines = readFileSync(source + file, 'utf8').split('\n');
		return names!
			.split(',')
			.map(name => name.replace(/\btype\b/, '').trim())
			.filter(Boolean)
			.map(name => memberOf(lines, name, file));
	});
}

function memberOf(lines: readonly string[], name: string, file: string): Member {
	const start = lines.findIndex(line => new RegExp(`^export (type|const|class|function|async function) ${name}\\b`).test(line));
	if (start === -1) {
		throw new Error(`${file} does not export ${name}`);
	}

	const isFunction = /^export (async )?function/.test(lines[start]!);
	let depth = 0;
	let end = start;
	for (; end < lines.length; end++) {
		const line = lines[end]!;
		// The body of a function is nobody's contract.
		if (isFunction && line.endsWith('{')) {
			break;
		}

		depth += count(line, /[{([]/g) - count(line, /[})\]]/g);
		if (depth === 0 && /[;}]$/.test(line)) {
			break;
		}
	}

	const code = lines
		.slice(start, end + 1)
		.join('\n')
		.replace(/^export /, '')
		.replace(isFunction ? / \{$/ : /$^/, ';');
	return {name, comment: commentAbove(lines, start), code};
}

function commentAbove(lines: readonly string[], start: number): string {
	if (!lines[start - 1]?.trim().endsWith('*/')) {
		return '';
	}

	let first = start - 1;
	while (!lines[first]!.includes('/**')) {
		first--;
	}

	return lines
		.slice(first, start)
		.map(line => line.replace(/^\s*\/\*\*\s?|\s*\*\/\s*$/g, '').trim())
		.filter(Boolean)
		.join('\n');
}

const count = (line: string, pattern: RegExp): number => line.match(pattern)?.length ?? 0;
