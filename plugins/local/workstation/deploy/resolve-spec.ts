import {statSync} from 'node:fs';
import {homedir} from 'node:os';
import {join, resolve} from 'node:path';
import {type DeploySpec, providerError} from 'cws/sdk';
import {type LocalContext} from '../../context.ts';
import {checkPortFree, nextFreePort} from '../../network/check-port.ts';
import {checkCommand} from './check-command.ts';
import {findProgram} from './find-program.ts';
import {type WorkstationSpec} from '../record.ts';
import {parseSize} from './size.ts';
import {templates} from './templates.ts';

/** Completes and checks what was asked for. Nothing is created; every problem is thrown with its field. */
export async function resolveSpec(context: LocalContext, deploy: DeploySpec): Promise<WorkstationSpec> {
	const {fields} = deploy;
	const name = text(fields, 'template') ?? deploy.template ?? 'shell';
	const template = templates.find(template => template.name === name);
	if (template === undefined) {
		throw invalid('template', `There is no template \`${name}\`.`, `use one of ${templates.map(({name}) => name).join(', ')}`);
	}

	const own = text(fields, 'command')?.trim();
	const env = environment(fields);
	const cwd = directory(text(fields, 'cwd'));
	const path = env.PATH ?? context.env.PATH;
	if (own === undefined && template.tool !== undefined && findProgram(template.tool, path) === undefined) {
		throw providerError('CWS_COMMAND_NOT_FOUND', {
			message: `The template \`${name}\` needs \`${template.tool}\`, which is not installed.`,
			fix: `install ${template.tool}, or choose another template`,
			details: {field: 'template', program: template.tool},
		});
	}

	if (own !== undefined) {
		await checkCommand(own, {path, cwd: cwd ?? context.root});
	}

	const size = deploy.size === undefined || deploy.size === '' ? {} : parseSize(deploy.size);
	const given = integer(fields, 'port', {minimum: 1, maximum: 65_535});
	const port = given ?? (own === undefined && template.firstPort !== undefined ? nextFreePort(template.firstPort) : undefined);
	if (port !== undefined) {
		await checkPortFree(context, port);
	}

	const protocol = text(fields, 'protocol') ?? 'http';
	if (protocol !== 'http' && protocol !== 'https' && protocol !== 'tcp') {
		throw invalid('protocol', `\`${protocol}\` is not a protocol.`, 'use http, https or tcp');
	}

	return {
		template: name,
		command: own ?? template.command,
		port,
		healthPath: healthPath(fields, {port, protocol}),
		protocol,
		env,
		memoryMb: integer(fields, 'memoryMb', {minimum: 8, maximum: 4_194_304}) ?? size.memoryMb,
		cpus: integer(fields, 'cpus', {minimum: 1, maximum: 4096}) ?? size.cpus,
		nice: integer(fields, 'nice', {minimum: 0, maximum: 19}),
		cwd,
	};
}

type Fields = DeploySpec['fields'];

const invalid = (field: string, message: string, fix: string) => providerError('CWS_INVALID_INPUT', {message, fix, details: {field}});

function healthPath(fields: Fields, {port, protocol}: {readonly port?: number; readonly protocol: string}): string | undefined {
	const path = text(fields, 'healthPath');
	if (path === undefined) {
		return undefined;
	}

	if (port === undefined || protocol === 'tcp') {
		throw invalid('healthPath', 'A path to ask needs a port that speaks http or https.', 'give `port`, or leave `healthPath` out');
	}

	if (!/^\/[\w\-./~%?=&+,:;@!$'()*]*$/.test(path)) {
		throw invalid('healthPath', `\`${path}\` is not a path.`, 'use a path like `/health`');
	}

	return path;
}

function text(fields: Fields, name: string): string | undefined {
	const value = fields[name];
	if (value === undefined || value === null || value === '') {
		return undefined;
	}

	if (typeof value !== 'string' || value.includes('\0')) {
		throw invalid(name, `\`${name}\` is not a text.`, `give \`${name}\` as a text`);
	}

	return value;
}

// The command line gives texts, the form and the API numbers.
function integer(fields: Fields, name: string, {minimum, maximum}: {minimum: number; maximum: number}): number | undefined {
	const value = fields[name];
	if (value === undefined || value === null || value === '') {
		return undefined;
	}

	const number = typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isInteger(number) || number < minimum || number > maximum) {
		throw invalid(name, `\`${name}\` is not a whole number from ${minimum} to ${maximum}.`, `change \`${name}\``);
	}

	return number;
}

function environment(fields: Fields): Readonly<Record<string, string>> {
	const value = fields.env ?? {};
	if (typeof value !== 'object' || Array.isArray(value)) {
		throw invalid('env', '`env` is not a table of names and values.', 'use `--set env.NAME=value`');
	}

	return Object.fromEntries(
		Object.entries(value as Readonly<Record<string, unknown>>).map(([name, content]) => {
			if (!/^[A-Za-z_]\w*$/.test(name) || !['string', 'number', 'boolean'].includes(typeof content) || String(content).includes('\0')) {
				throw invalid('env', `\`${name}\` cannot be a variable.`, 'use letters, digits and `_` in names, and texts as values');
			}

			return [name, String(content)];
		}),
	);
}

function directory(given: string | undefined): string | undefined {
	if (given === undefined) {
		return undefined;
	}

	const path = resolve(homedir(), /^~(?:$|\/)/.test(given) ? join(homedir(), given.slice(1)) : given);
	if (statSync(path, {throwIfNoEntry: false})?.isDirectory() !== true) {
		throw invalid('cwd', `There is no directory \`${path}\`.`, 'create it first, or leave `cwd` empty for a directory of its own');
	}

	return path;
}
