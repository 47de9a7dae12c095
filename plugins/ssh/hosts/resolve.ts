import {providerError} from 'cws/sdk';
import {type RunSsh} from '../connection/run.ts';

/** What ssh itself makes of a name. */
export type Resolved = {
	readonly address: string;
	readonly user: string;
	readonly port: number;
	/** The first server that is dialled: a jump host, else the machine. */
	readonly gateway: string;
	/** Whether the person shares connections to it already; those are used then. */
	readonly isShared: boolean;
};

/** Asks `ssh -G`, so that Match, canonical names and everything else of its file count. */
export async function resolveHost(run: RunSsh, name: string, signal: AbortSignal): Promise<Resolved> {
	const {stdout, code, stderr} = await run({arguments: ['-G', '--', name], signal, timeoutMs: 10_000});
	if (code !== 0) {
		throw providerError('CWS_PROVIDER_FAILED', {
			message: `ssh cannot read what it is told about \`${name}\`.`,
			cause: stderr.trim().split('\n').at(-1) ?? 'no answer',
			fix: `run \`ssh -G ${name}\` and mend the file it names`,
		});
	}

	return parseResolved(stdout, name);
}

export function parseResolved(text: string, name: string): Resolved {
	const fields = new Map<string, string>();
	for (const line of text.split('\n')) {
		const space = line.indexOf(' ');
		if (space > 0 && !fields.has(line.slice(0, space))) {
			fields.set(line.slice(0, space), line.slice(space + 1).trim());
		}
	}

	const set = (key: string): string | undefined => {
		const value = fields.get(key);
		return value === undefined || value === '' || value === 'none' ? undefined : value;
	};

	const address = set('hostname') ?? name;
	const port = Number(set('port') ?? 22);
	const jump = set('proxyjump')?.split(',')[0] ?? set('proxycommand');
	return {
		address,
		user: set('user') ?? '',
		port,
		gateway: jump ?? `${address}:${port}`,
		isShared: set('controlpath') !== undefined && set('controlmaster') !== undefined && set('controlmaster') !== 'false',
	};
}
