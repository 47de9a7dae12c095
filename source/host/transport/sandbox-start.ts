import {type SandboxSetup} from '../sandbox/sandbox-setup.ts';
import {type TransportSetup} from './transport.ts';

/** Node's own wall, without a single grant. SQLite opens files past it, so it is taken away. */
export const sandboxFlags = ['--permission', '--no-experimental-sqlite', '--no-warnings'] as const;

const maxBufferBytes = 64 * 1024 * 1024;

export function sandboxSetupOf({id, code}: TransportSetup): SandboxSetup {
	if (code === undefined) {
		throw new TypeError(`no code for the sandbox of \`${id}\``);
	}

	return {id, code, maxBufferBytes};
}
