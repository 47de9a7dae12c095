import {failure, FailureError} from '../../core/failure/failure.ts';
import {type Manifest} from '../../core/manifest.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type PackageTexts} from './package-format.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a manifest says when its plugin is packed: its code has one name, and templates and themes are in it instead of beside it. */
export function packedManifest(manifest: Fields, readText: (name: string) => Outcome<string | undefined>): Outcome<string> {
	const read = (name: string): string => {
		const text = readText(name);
		if (!text.ok) {
			throw new FailureError(text.error);
		}

		if (text.value === undefined) {
			throw new FailureError(failure('CWS_PLUGIN_MANIFEST', {message: `\`plugin.json\` names \`${name}\`, and there is no such file.`}));
		}

		return text.value;
	};
	try {
		const {templates, themes, ...contributes} = (manifest['contributes'] ?? {}) as NonNullable<Manifest['contributes']>;
		const packed: Fields = {
			...manifest,
			main: 'plugin.js',
			...(manifest['contributes'] !== undefined && {
				contributes: {
					...contributes,
					...(templates && {templates: templates.map(({file, ...rest}) => (file === undefined ? rest : {...rest, text: read(file)}))}),
					...(themes && {themes: themes.map(({file, ...rest}) => (file === undefined ? rest : {...rest, theme: json(file, read(file))}))}),
				},
			}),
		};
		return ok(`${JSON.stringify(packed, undefined, '\t')}\n`);
	} catch (error) {
		if (error instanceof FailureError) {
			return failed(error.failure);
		}

		throw error;
	}
}

function json(file: string, text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new FailureError(failure('CWS_PLUGIN_MANIFEST', {message: `\`${file}\` is not valid JSON.`, cause: (error as Error).message}));
	}
}

/** What the change log says about one version: the lines below its heading. */
export function changesOf({'CHANGELOG.md': text = ''}: Partial<PackageTexts>, version: string): string | undefined {
	const lines = text.split('\n');
	const start = lines.findIndex(line => /^#{1,3}\s/.test(line) && line.includes(version));
	if (start === -1) {
		return undefined;
	}

	const rest = lines.slice(start + 1);
	const end = rest.findIndex(line => /^#{1,3}\s/.test(line));
	const own = rest
		.slice(0, end === -1 ? undefined : end)
		.map(line => line.replace(/^[-*]\s+/, '').trim())
		.filter(Boolean);
	return own.length === 0 ? undefined : own.join(', ').slice(0, 400);
}
