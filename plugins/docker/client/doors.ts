import {type Duplex} from 'node:stream';
import {type Pool} from 'undici';
import {type Address} from '../endpoint/address.ts';
import {createSocketAsker, type SocketAsker} from './ask-socket.ts';
import {connectorOf, originOf} from './connector.ts';

export type Question = {
	readonly method: 'GET' | 'POST' | 'DELETE';
	/** With its query. */
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
	readonly signal?: AbortSignal;
	/** Until the answer begins; 0 waits for as long as it takes. */
	readonly headersTimeout: number;
};

export type Answer = {
	readonly statusCode: number;
	readonly headers: Readonly<Record<string, string | string[] | undefined>>;
	readonly body: AsyncIterable<Buffer>;
};

/** The connections to one engine, whatever they are made of. Nothing is loaded or opened before the first question. */
export type Doors = {
	/** `isLong` is for what may keep its connection for as long as somebody looks, or until a container has ended. */
	readonly request: (question: Question, isLong: boolean) => Promise<Answer>;
	/** Gives the connection itself after the answer. */
	readonly upgrade: (question: Omit<Question, 'headersTimeout'>) => Promise<Duplex>;
	readonly close: () => Promise<void>;
};

// Each connection over ssh is a login, and a server lets only a few log in at the same time.
const mostLogins = 3;

export function createDoors(address: Address): Doors {
	let asker: SocketAsker | undefined;
	const pools = new Map<'short' | 'long', Promise<Pool>>();

	const open = async (connections: number | null): Promise<Pool> => {
		const {Pool} = await import('./undici.ts');
		const connect = await connectorOf(address);
		return new Pool(originOf(address), {connect, connections, keepAliveTimeout: 30_000, bodyTimeout: 0, allowH2: false});
	};

	const poolOf = async (isLong: boolean): Promise<Pool> => {
		// Where a connection costs little they are all of one kind.
		const kind = address.kind === 'ssh' && !isLong ? 'short' : 'long';
		const known = pools.get(kind);
		if (known !== undefined) {
			return known;
		}

		const opening = open(kind === 'short' ? mostLogins : null);
		pools.set(kind, opening);
		opening.catch(() => pools.delete(kind));
		return opening;
	};

	return {
		async request(question, isLong) {
			const door = address.kind === 'unix' ? (asker ??= createSocketAsker(address.path)) : await poolOf(isLong);
			return door.request(question);
		},
		async upgrade(question) {
			const {socket} = await (await poolOf(true)).upgrade({...question, protocol: 'tcp'});
			return socket;
		},
		async close() {
			asker?.destroy();
			asker = undefined;
			const closing = [...pools.values()];
			pools.clear();
			await Promise.allSettled(closing.map(async pool => (await pool).destroy()));
		},
	};
}
