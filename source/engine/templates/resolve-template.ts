import {type Template, type TemplateProblem} from '../../core/template.ts';
import {nearest} from '../../core/text/nearest.ts';
import {safeText} from '../../core/text/safe-text.ts';
import {mergeTemplates} from './merge-templates.ts';
import {type ParsedTemplate} from './parse-template.ts';

export type Resolved = {readonly template: Template; readonly problems: readonly TemplateProblem[]};

/** A template with everything it inherits, however far; a missing parent and a circle are problems of the template that names them. */
export function resolveTemplate(name: string, known: ReadonlyMap<string, ParsedTemplate>, way: readonly string[] = []): Resolved {
	const parsed = known.get(name)!;
	const {template, source, placeOf} = parsed;
	const parents = [template.inherits ?? []].flat().filter(parent => typeof parent === 'string');
	const problems: TemplateProblem[] = [...parsed.problems];
	const found: Template[] = [];
	for (const [index, parent] of parents.entries()) {
		const path = Array.isArray(template.inherits) ? ['inherits', String(index)] : ['inherits'];
		const problem = (message: string, fix?: string) =>
			problems.push({message: safeText(message), file: source.file, ...placeOf(path), ...(fix !== undefined && {fix: safeText(fix)})});
		if (parent === name || way.includes(parent)) {
			const circle = parent === name ? [name, name] : [...way.slice(way.indexOf(parent)), name, parent];
			problem(`inherits in a circle: ${circle.join(' → ')}.`, 'Take one of them out of `inherits`.');
			continue;
		}

		if (!known.has(parent)) {
			const meant = nearest(parent, known.keys());
			problem(
				`inherits \`${parent}\`, which is not there.`,
				meant === undefined ? 'See `cws template list`.' : `Did you mean \`${meant}\`?`,
			);
			continue;
		}

		const resolved = resolveTemplate(parent, known, [...way, name]);
		found.push(resolved.template);
		problems.push(...resolved.problems.filter(({file, line}) => !problems.some(other => other.file === file && other.line === line)));
	}

	return {template: mergeTemplates(found, template), problems};
}
