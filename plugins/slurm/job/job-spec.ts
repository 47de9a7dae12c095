import {readFileSync, statSync} from 'node:fs';
import {isAbsolute, resolve} from 'node:path';
import {type DeploySpec, providerError} from 'cws/sdk';
import {type World} from '../config.ts';
import {type Fields, invalid, shaped, text, whole} from './fields.ts';
import {parseTimeLimit} from './time-limit.ts';
import {parseMegabytes, type Tres} from './tres.ts';

/** What is submitted, checked: nothing of it needs a cluster. */
export type JobSpec = {
	readonly name: string;
	readonly script: string;
	/** Where the script came from, for the plan. */
	readonly from: string;
	readonly partition?: string;
	readonly nodes?: number;
	readonly tasksPerNode?: number;
	readonly cpusPerTask?: number;
	readonly minutes?: number;
	readonly memoryMb?: number;
	readonly gpus?: {readonly kind?: string; readonly count: number};
	readonly array?: string;
	readonly dependency?: string;
	readonly account?: string;
	readonly qos?: string;
	readonly directory: string;
	readonly output?: string;
	readonly tags: Readonly<Record<string, string>>;
};

const mostScriptBytes = 4_194_304;
const jobId = String.raw`\d{1,10}(?:_\d{1,7})?(?:\+\d{1,6})?`;
const dependency = String.raw`(?:after|afterany|afterok|afternotok|aftercorr|afterburstbuffer):${jobId}(?::${jobId})*|singleton`;
const patterns = {
	partition: /^[\w.-]+(,[\w.-]+)*$/,
	array: /^\d{1,7}(-\d{1,7}(:\d{1,7})?)?(,\d{1,7}(-\d{1,7}(:\d{1,7})?)?)*(%\d{1,6})?$/,
	dependency: new RegExp(`^(?:${dependency})(?:[,?](?:${dependency}))*$`),
	word: /^[\w.+@-]{1,128}$/,
	gpus: /^(?:[A-Za-z][\w.-]*:)?\d{1,5}$/,
	output: /^[^\n\r]{1,4096}$/,
	name: /^[A-Za-z0-9_][\w .:@+=-]{0,127}$/,
};

export function resolveJob({name, type, fields, size, tags = {}}: DeploySpec, world: World): JobSpec {
	if (type !== 'job') {
		throw providerError('CWS_NOT_SUPPORTED', {message: `\`slurm\` cannot create a \`${type}\`.`, fix: 'see `cws providers`'});
	}

	if (!patterns.name.test(name)) {
		throw providerError('CWS_INVALID_NAME', {
			message: `\`${name.slice(0, 80)}\` cannot be the name of a job.`,
			fix: 'use letters, digits, `_`, `.` and `-`',
			details: {field: 'name'},
		});
	}

	if (size !== undefined && size !== '') {
		throw invalid('size', 'A job has no size.', 'use `nodes`, `tasksPerNode`, `memory` and `gpus`');
	}

	const directory = directoryOf(fields, world);
	const gpus = gpusOf(fields);
	const optional = {
		partition: shaped(fields, 'partition', patterns.partition, '`main`, or `main,short`'),
		nodes: whole(fields, 'nodes', 100_000),
		tasksPerNode: whole(fields, 'tasksPerNode', 65_536),
		cpusPerTask: whole(fields, 'cpusPerTask', 65_536),
		minutes: minutesOf(fields),
		memoryMb: memoryOf(fields),
		gpus,
		array: shaped(fields, 'array', patterns.array, '`0-15`, `1,3,5` or `0-99%4`'),
		dependency: shaped(fields, 'dependency', patterns.dependency, '`afterok:123`'),
		account: shaped(fields, 'account', patterns.word, 'the name of an account'),
		qos: shaped(fields, 'qos', patterns.word, 'the name of a quality of service'),
		output: shaped(fields, 'output', patterns.output, '`out_%j.txt`'),
	};
	return {
		name,
		...scriptOf(fields, directory),
		directory,
		tags,
		...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as Partial<JobSpec>),
	};
}

/** What it asks for, as far as it says. */
export function tresOf({nodes = 1, tasksPerNode = 1, cpusPerTask = 1, memoryMb, gpus}: JobSpec): Tres {
	return {
		nodes,
		cpus: nodes * tasksPerNode * cpusPerTask,
		...(memoryMb !== undefined && {memoryMb: memoryMb * nodes}),
		...(gpus !== undefined && {gpus: gpus.count * nodes}),
	};
}

function scriptOf(fields: Fields, directory: string): Pick<JobSpec, 'script' | 'from'> {
	const inline = text(fields, 'script');
	const file = shaped(fields, 'file', patterns.output, 'the path of a script');
	const command = text(fields, 'command');
	const given = [inline, file, command].filter(value => value !== undefined);
	if (given.length !== 1) {
		throw invalid(
			'script',
			given.length === 0 ? 'There is nothing to run.' : 'There is more than one thing to run.',
			'give one of `script`, `file` and `command`',
		);
	}

	if (inline !== undefined) {
		return {script: withShell(inline), from: 'the text of the form'};
	}

	return command === undefined
		? {script: readScript(resolve(directory, file!)), from: file!}
		: {script: withShell(command), from: command.trim()};
}

const withShell = (text: string): string => {
	const script = text.replaceAll('\r\n', '\n').replace(/^\s+(?=#!)/, '');
	return `${script.startsWith('#!') ? '' : '#!/bin/sh\n'}${script}${script.endsWith('\n') ? '' : '\n'}`;
};

function readScript(file: string): string {
	try {
		const {size} = statSync(file);
		if (size > mostScriptBytes) {
			throw invalid('file', `${file} has more than 4 MB.`, 'submit a script, and let it start the program');
		}

		const script = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
		if (script.startsWith('#!') && !script.includes('\0')) {
			return script;
		}
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === undefined) {
			throw error;
		}

		throw invalid('file', `${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`, 'name a script of this machine');
	}

	throw invalid('file', `${file} is no script.`, 'let it begin with `#!`, for example `#!/bin/bash`');
}

function directoryOf(fields: Fields, {cwd}: World): string {
	const directory = shaped(fields, 'directory', patterns.output, 'an absolute path');
	if (directory !== undefined && !isAbsolute(directory)) {
		throw invalid('directory', `\`${directory}\` is no absolute path.`, 'begin it with `/`');
	}

	return directory ?? cwd;
}

function minutesOf(fields: Fields): number | undefined {
	const words = text(fields, 'time');
	const minutes = words === undefined ? undefined : parseTimeLimit(words);
	if (words !== undefined && minutes === undefined) {
		throw invalid('time', `\`${words.slice(0, 40)}\` is no time limit.`, 'write it as `02:00:00`, `1-12:00:00` or `90` (minutes)');
	}

	return minutes;
}

function memoryOf(fields: Fields): number | undefined {
	const words = text(fields, 'memory');
	const memory = words === undefined ? undefined : parseMegabytes(words);
	if (words !== undefined && (memory === undefined || memory < 1 || memory > 1e9)) {
		throw invalid('memory', `\`${words.slice(0, 40)}\` is no amount of memory.`, 'write it as `32GB` or `500M`, for each node');
	}

	return memory;
}

function gpusOf(fields: Fields): JobSpec['gpus'] {
	const words = shaped(fields, 'gpus', patterns.gpus, '`1` or `a100:2`, for each node');
	if (words === undefined) {
		return undefined;
	}

	const [count = '', kind] = words.split(':').toReversed();
	return Number(count) === 0 ? undefined : {count: Number(count), ...(kind !== undefined && {kind})};
}
