/** What stands in for the plugin's own words in the texts of a scaffold. */
export type ScaffoldNames = {readonly id: string; readonly title: string; readonly cwsVersion: string};

export type ScaffoldFiles = Readonly<Record<string, string>>;

export const json = (value: unknown): string => `${JSON.stringify(value, undefined, '\t')}\n`;

/** The fields every manifest begins with. */
export const manifestBase = ({id, title, cwsVersion}: ScaffoldNames, description: string) => ({
	id,
	version: '0.1.0',
	title,
	description,
	license: 'MIT',
	engines: {cws: `>=${cwsVersion}`},
	api: 1,
	main: 'index.js',
});

/** What every new plugin has beside its code. */
export const sharedFiles = ({id, title, cwsVersion}: ScaffoldNames, about: string): ScaffoldFiles => ({
	'package.json': json({
		name: `cws-plugin-${id}`,
		version: '0.1.0',
		private: true,
		type: 'module',
		keywords: ['cws-plugin'],
		scripts: {
			test: "node --test 'test/**/*.test.ts'",
			check: 'tsc -p .',
			contract: 'cws plugin test .',
			dev: 'cws plugin dev .',
			pack: 'cws plugin pack .',
		},
		devDependencies: {cws: `>=${cwsVersion}`},
		engines: {node: '>=24.13'},
	}),
	'tsconfig.json': json({
		compilerOptions: {
			target: 'es2024',
			lib: ['es2024', 'esnext.disposable', 'webworker'],
			module: 'nodenext',
			types: [],
			noEmit: true,
			strict: true,
			noUncheckedIndexedAccess: true,
			erasableSyntaxOnly: true,
			verbatimModuleSyntax: true,
			allowImportingTsExtensions: true,
			skipLibCheck: true,
		},
		include: ['*.ts', 'test/contract.ts'],
	}),
	'.gitignore': 'node_modules\n*.cwsplugin\n',
	'CHANGELOG.md': '# Changes\n\n## 0.1.0\n\n- First version\n',
	'README.md': `# ${title}

${about}

\`\`\`sh
npm test               # the tests in test/, without cws and without a network
cws plugin test .      # the contract every plugin keeps, in the real sandbox
cws plugin dev .       # runs it, and again after every change, with every call it takes and makes
cws plugin pack .      # makes ${id}-0.1.0.cwsplugin
cws plugin install ./${id}-0.1.0.cwsplugin
\`\`\`

\`npm test\` finds \`cws/sdk\` in \`node_modules/cws\`, a link that \`cws plugin new\` made. In a fresh copy of this folder \`cws plugin test .\` makes it again.
`,
});
