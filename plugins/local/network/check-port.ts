import {providerError} from 'cws/sdk';
import {type LocalContext} from '../context.ts';
import {holderOf, readListening} from './listening.ts';
import {portAnswers} from './port-answers.ts';

/** Throws when something listens on the port, and names it where the system tells. */
export async function checkPortFree(context: LocalContext, port: number): Promise<void> {
	const sockets = readListening();
	const isTaken = sockets === undefined ? await portAnswers(port) : sockets.some(socket => socket.port === port);
	if (isTaken) {
		const holder = sockets === undefined ? undefined : holderOf(port, sockets, context.processes);
		throw providerError('CWS_PORT_TAKEN', {
			message: `Port ${port} is taken.`,
			cause: holder === undefined ? 'a process of another user, or one that cannot be seen, listens there' : `${holder} listens there`,
			fix: `choose another port, for example ${nextFreePort(port + 1)}, or stop what listens there`,
			details: {port},
		});
	}
}

/** The first port from here on where nothing listens. */
export function nextFreePort(from: number): number {
	const taken = new Set(readListening()?.map(socket => socket.port));
	let port = from;
	while (taken.has(port) && port < 65_535) {
		port++;
	}

	return Math.min(port, 65_535);
}
