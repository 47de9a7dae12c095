import {providerError} from 'cws/sdk';
import {findProgram} from './find-program.ts';

type Where = {readonly path: string | undefined; readonly cwd: string};

const keywords = new Set(
	(
		'. : [ alias bg break case cd command continue echo eval exec exit export false fg for function getopts hash if jobs kill let ' +
		'local printf pwd read readonly return set shift source test time times trap true type ulimit umask unalias unset until wait while'
	).split(' '),
);
// Assignments before the program, and `exec`; values with expansions are left to the shell.
const firstWord = /^\s*(?:[A-Za-z_]\w*=(?:'[^']*'|"[^"$`]*"|[^\s'"$`;|&()<>]*)\s+)*(?:exec\s+)?([\w./+~@%:-]+)(?=[\s;|&<>]|$)/;

/** The program a shell line starts, when it is plain to see; a line that begins with shell words tells only when it runs. */
export function programOf(line: string): string | undefined {
	const word = firstWord.exec(line)?.[1];
	return word === undefined || keywords.has(word) || word.startsWith('~') || word.startsWith('-') ? undefined : word;
}

/** Throws when the shell does not understand the line or its program is not installed. */
export async function checkCommand(line: string, {path, cwd}: Where): Promise<void> {
	const program = programOf(line);
	if (program !== undefined && findProgram(program, path, cwd) === undefined) {
		throw providerError('CWS_COMMAND_NOT_FOUND', {
			message: `\`${program}\` is not installed.`,
			cause: program.includes('/') ? 'there is no such program file, or it may not be executed' : 'no directory of `PATH` has it',
			fix: 'install it, or give its full path',
			details: {field: 'command', program},
		});
	}

	const problem = await shellProblem(line);
	if (problem !== undefined) {
		throw providerError('CWS_INVALID_INPUT', {
			message: 'The command is not a valid shell line.',
			cause: problem,
			fix: 'mend the quotes or brackets of `command`',
			details: {field: 'command'},
		});
	}
}

// `-n` reads a line without running it.
async function shellProblem(line: string): Promise<string | undefined> {
	const {execFile} = await import('node:child_process');
	return new Promise(resolve => {
		execFile('/bin/sh', ['-n', '-c', line], {timeout: 2000, env: {LC_ALL: 'C'}}, (error, _output, message) => {
			resolve(error === null ? undefined : message.trim().split('\n')[0] || 'the shell does not understand it');
		});
	});
}
