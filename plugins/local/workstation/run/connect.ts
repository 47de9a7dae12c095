import {existsSync} from 'node:fs';
import {type Connection, providerError, type ResourceTarget} from 'cws/sdk';
import {type LocalContext} from '../../context.ts';
import {workDirectoryOf} from '../../storage/paths.ts';
import {findWorkstation} from '../find.ts';
import {environmentOf} from './start-processes.ts';

/** A shell in the workstation's directory with its environment, or the given command there. It is not part of the workstation: stopping that leaves the shell. */
export function connect(context: LocalContext, target: ResourceTarget, command: readonly string[] = []): Connection {
	const {record} = findWorkstation(context, target);
	const cwd = record.spec.cwd ?? workDirectoryOf(context, record.id);
	if (!existsSync(cwd)) {
		throw providerError('CWS_PROVIDER_FAILED', {
			message: `The directory of \`${record.name}\` is gone.`,
			cause: `there is no ${cwd}`,
			fix: 'start the workstation, or create the directory',
		});
	}

	const environment = environmentOf(context, record);
	const [program = shellOf(environment), ...args] = command;
	return {
		kind: 'exec',
		command: program,
		args,
		cwd,
		env: {...environment, PS1: `(${record.name}) \\w \\$ `},
		title: record.name,
	};
}

export const shellOf = ({SHELL}: Readonly<Record<string, string>>): string =>
	SHELL !== undefined && existsSync(SHELL) ? SHELL : '/bin/sh';
