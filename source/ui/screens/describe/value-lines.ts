import {type Line, span} from '../../components/line/line.ts';
import {type Token} from '../../theme/tokens.ts';

/** A value as YAML in colours. The values here are plain JSON, which needs only a corner of YAML. */
export const yamlLines = (value: unknown): readonly Line[] => yamlOf(value, 0);

/** A value as JSON in colours, the same text as `JSON.stringify` with two spaces. */
export const jsonLines = (value: unknown): readonly Line[] =>
	(JSON.stringify(value, undefined, 2) ?? '').split('\n').map(text => {
		const [, indent = '', key, rest = ''] = /^(\s*)("(?:[^"\\]|\\.)*":\s)?(.*)$/.exec(text)!;
		const isComma = rest.endsWith(',');
		const scalar = isComma ? rest.slice(0, -1) : rest;
		return [
			indent,
			span('text.accent', key ?? ''),
			span(/^[[\]{}]/.test(scalar) ? 'text.muted' : jsonToken(scalar), scalar),
			span('text.muted', isComma ? ',' : ''),
		];
	});

function yamlOf(value: unknown, depth: number): readonly Line[] {
	const indent = '  '.repeat(depth);
	if (Array.isArray(value)) {
		return (value as readonly unknown[]).flatMap(item => {
			const nested = isNested(item) ? yamlOf(item, depth + 1) : [];
			const [first, ...rest] = nested;
			// The first line of a nested value stands behind the dash.
			return first === undefined
				? [[indent, span('text.muted', '- '), scalarSpan(item)]]
				: [[indent, span('text.muted', '- '), ...first.slice(1)], ...rest];
		});
	}

	return Object.entries(value as Readonly<Record<string, unknown>>).flatMap(([key, item]): readonly Line[] => {
		if (item === undefined) {
			return [];
		}

		const label = span('text.accent', plain(key));
		return isNested(item)
			? [[indent, label, span('text.muted', ':')], ...yamlOf(item, depth + 1)]
			: [[indent, label, span('text.muted', ': '), scalarSpan(item)]];
	});
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null && Object.keys(value).length > 0;

function scalarSpan(value: unknown) {
	if (typeof value === 'string') {
		return span('text.default', plain(value));
	}

	const text = JSON.stringify(value) ?? 'null';
	return span(jsonToken(text), text);
}

// What YAML would read as something else than this text is quoted.
const plain = (text: string): string =>
	/^[A-Za-z_/][\w ./@()+-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text) && !text.endsWith(' ')
		? text
		: JSON.stringify(text);

const jsonToken = (scalar: string): Token =>
	scalar.startsWith('"')
		? 'text.default'
		: /^(?:true|false)$/.test(scalar)
			? 'status.changing'
			: scalar === 'null'
				? 'text.faint'
				: 'cost.high';
