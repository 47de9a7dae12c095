import {type Document, type LineCounter, type Node} from 'yaml';
import type * as YamlModule from 'yaml';
import {pointerParts} from '../../core/schema/pointer.ts';
import {type Validate} from '../../core/schema/validate.ts';
import {safeText} from '../../core/text/safe-text.ts';
import {type Template, type TemplateProblem, type TemplateSource} from '../../core/template.ts';
import {type NamedTypes} from '../contributions/named-types.ts';
import {hasPlaceAt} from './template-parameters.ts';
import {templateSchema} from './template-schema.ts';

export type Place = {readonly line: number; readonly column: number};

/** A template as it was read, with a way back to its lines. */
export type ParsedTemplate = {
	readonly source: TemplateSource;
	readonly template: Template;
	readonly problems: readonly TemplateProblem[];
	/** Of a value by its path, or of the nearest thing around it. */
	readonly placeOf: (path: readonly string[]) => Place;
	/** Whether the file itself has a value there. */
	readonly has: (path: readonly string[]) => boolean;
};

type Yaml = Pick<typeof YamlModule, 'parseDocument' | 'LineCounter' | 'isMap' | 'isScalar' | 'isNode'>;

/** Reads one YAML text. Everything wrong with it is said with line and column; what it inherits is not looked at yet. */
export function parseTemplate(
	yaml: Yaml,
	source: TemplateSource,
	{types, validate}: {readonly types: NamedTypes; readonly validate: Validate},
): ParsedTemplate {
	const lines = new yaml.LineCounter();
	const document = yaml.parseDocument(source.text, {lineCounter: lines, prettyErrors: false, uniqueKeys: true});
	const problemAt = (place: Place, message: string, fix?: string): TemplateProblem => ({
		message: safeText(message),
		file: source.file,
		...place,
		...(fix !== undefined && {fix: safeText(fix)}),
	});
	const first: Place = {line: 1, column: 1};
	const broken = (problems: readonly TemplateProblem[]): ParsedTemplate => ({
		source,
		template: {},
		problems,
		placeOf: () => first,
		has: () => false,
	});
	if (source.error !== undefined) {
		return broken([problemAt(first, source.error.message, source.error.fix)]);
	}

	if (document.errors.length > 0) {
		return broken(document.errors.map(({message, pos}) => problemAt(linePlace(lines, pos[0]), `is not YAML: ${message}`)));
	}

	const value = toPlain(document);
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		return broken([problemAt(first, typeof value === 'string' ? value : 'is no map of keys and values', 'Begin with `name: …`.')]);
	}

	const placeOf = (path: readonly string[]) => placeIn(yaml, document, lines, path);
	const problems = validate(templateSchema(types.templateTypes.values(), {isWhole: false}), value)
		// The value of a parameter is checked when there is one.
		.filter(({pointer = ''}) => !hasPlaceAt(value, pointerParts(pointer)))
		.map(({field, pointer = '', message, nearest}) =>
			problemAt(
				placeOf(pointerParts(pointer)),
				`\`${field}\` ${message}.`,
				nearest === undefined
					? message === 'is not a known field'
						? 'Take it out, or install the plugin whose template type has it.'
						: undefined
					: `Did you mean \`${nearest}\`?`,
			),
		);
	return {source, template: value as Template, problems, placeOf, has: path => document.hasIn(path)};
}

function toPlain(document: Document.Parsed): unknown {
	try {
		// Aliases are counted, so that a few lines cannot become gigabytes.
		return document.toJS({maxAliasCount: 100});
	} catch (error) {
		return `is not YAML: ${(error as Error).message}`;
	}
}

/** The key of a pair, because that is what a person looks for; without one, of what is around it. */
function placeIn({isMap, isScalar, isNode}: Yaml, document: Document.Parsed, lines: LineCounter, path: readonly string[]): Place {
	let at: unknown = document.contents;
	let offset = 0;
	for (const part of path) {
		if (isMap(at)) {
			const pair = at.items.find(({key}) => isScalar(key) && String(key.value) === part);
			if (pair === undefined) {
				break;
			}

			offset = (pair.key as Node).range?.[0] ?? offset;
			at = pair.value;
		} else {
			const item: unknown = isNode(at) && 'items' in at ? (at.items as readonly unknown[])[Number(part)] : undefined;
			if (!isNode(item)) {
				break;
			}

			offset = item.range?.[0] ?? offset;
			at = item;
		}
	}

	return linePlace(lines, offset);
}

function linePlace(lines: LineCounter, offset: number): Place {
	const {line, col} = lines.linePos(offset);
	return {line: Math.max(1, line), column: Math.max(1, col)};
}
