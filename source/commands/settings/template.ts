import path from 'node:path';
import {exitCodes} from '../../core/failure/error-codes.ts';
import {failure} from '../../core/failure/failure.ts';
import {safeLines} from '../../core/text/safe-text.ts';
import {nearest} from '../../core/text/nearest.ts';
import {type TemplateProblem} from '../../core/template.ts';
import {type TemplateRow} from '../../engine/templates/template-library.ts';
import {templateStatus} from '../../engine/templates/template-status.ts';
import {readSource, templateName} from '../../platform/templates/read-templates.ts';
import {type Verb, type VerbContext} from '../shared/verb.ts';

export const template: Verb = {
	name: 'template',
	usage: 'list\nshow NAME [--resolved]\nvalidate NAME\nvalidate FILE',
	short: 'templates: list, show, check',
	minimum: 1,
	maximum: 2,
	flags: {resolved: {type: 'boolean', short: 'with everything it inherits'}},
	examples: ['cws template show python-job --resolved', 'cws template validate ./python-job.yml'],
	async run(context) {
		const {print, input} = context;
		const [action, name] = input;
		const {engine} = await context.app();
		await engine.load();
		if (action === 'list' && name === undefined) {
			return list(context, await engine.templates());
		}

		if ((action !== 'show' && action !== 'validate') || name === undefined) {
			return print.failure(
				failure('CWS_USAGE', {message: `\`cws template ${input.join(' ')}\` is not complete.`, fix: 'cws template --help'}),
			);
		}

		const isFile = action === 'validate' && /[/\\]|\.ya?ml$/i.test(name);
		if (isFile) {
			const file = path.resolve(name);
			return validate(context, await engine.checkTemplate(await readSource(file, {name: templateName(file), place: 'user'})));
		}

		const rows = await engine.templates();
		const row = rows.find(one => one.name === name && one.hiddenBy === undefined);
		if (row === undefined) {
			const meant = nearest(
				name,
				rows.map(one => one.name),
			);
			return print.failure(
				failure('CWS_NOT_FOUND', {
					message: `There is no template \`${name}\`.`,
					fix: meant === undefined ? 'cws template list' : `cws template ${action} ${meant}`,
				}),
			);
		}

		return action === 'show' ? show(context, row) : validate(context, row);
	},
};

function list({print}: VerbContext, rows: readonly TemplateRow[]) {
	if (print.isJson) {
		print.json({templates: rows.map(row => rowJson(row))});
	} else if (rows.length === 0) {
		print.line('No templates. Put YAML files into the folder `templates` beside config.toml, or install a plugin that has some.');
	} else {
		print.table(rows, [
			{title: 'NAME', value: row => row.name},
			{title: 'TYPE', value: row => row.type ?? '-'},
			{title: 'FROM', value: row => row.plugin ?? row.place},
			{title: 'STATUS', value: templateStatus},
			{title: 'PARAMETERS', value: row => Object.keys(row.resolved.parameters ?? {}).join(', ') || '-', canShrink: true},
			{title: 'TITLE', value: row => row.title, canShrink: true},
		]);
	}

	return exitCodes.done;
}

const rowJson = ({own: _own, resolved, ...row}: TemplateRow) => ({...row, parameters: resolved.parameters ?? {}});

async function show({print, flags}: VerbContext, row: TemplateRow) {
	const value = flags['resolved'] === true ? row.resolved : row.own;
	if (print.isJson) {
		print.json({...rowJson(row), template: value});
	} else {
		const {stringify} = (await import('yaml')).default;
		print.line(`# ${row.file}`);
		safeLines(stringify(value).trimEnd())
			.split('\n')
			.forEach(line => print.line(line));
		row.problems.forEach(problem => print.note(problemText(problem)));
	}

	return exitCodes.done;
}

function validate({print}: VerbContext, row: TemplateRow) {
	const {problems} = row;
	if (print.isJson) {
		print.json({name: row.name, file: row.file, isValid: problems.length === 0, problems});
	} else if (problems.length === 0) {
		print.line(`${row.name} is valid${row.type === undefined ? '' : `; it makes a ${row.type}`}`);
	} else {
		problems.forEach(problem => print.line(problemText(problem)));
	}

	return problems.length === 0 ? exitCodes.done : exitCodes.usage;
}

const problemText = ({file, line, column, message, fix}: TemplateProblem): string =>
	`${file}:${line}:${column}: ${message}${fix === undefined ? '' : ` ${fix}`}`;
