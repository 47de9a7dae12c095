import {createHash} from 'node:crypto';
import {readdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {makeBootstrapCache} from '../host/transport/bootstrap-cache.ts';
import {openProcessTransport} from '../host/transport/process-transport.ts';
import {openSandboxTransport} from '../host/transport/sandbox-transport.ts';
import {type OpenTransport} from '../host/transport/transport.ts';
import {writeAtomically} from '../platform/write-atomically.ts';
import {locations} from './locations.ts';

const prefix = 'sandbox-';
/** When the start is over. */
const makeAfterMs = 3000;

/**
Where plugins run that do not come with cws. Nothing is read before the first of them starts. What the engine made of the script they
all start from is kept in a file, for this Node and this build.
*/
export function createSandboxes(cacheDirectory: string): {readonly openSandbox: OpenTransport; readonly openProcess: OpenTransport} {
	let text: string | undefined;
	let cache: Uint8Array | undefined;
	let isLooked = false;
	const bootstrap = (): string => (text ??= readFileSync(locations.sandbox, 'utf8'));

	function cacheOf(): Uint8Array | undefined {
		if (isLooked) {
			return cache;
		}

		isLooked = true;
		const name = `${prefix}${process.version}-${createHash('sha256').update(bootstrap()).digest('hex').slice(0, 16)}.bin`;
		try {
			cache = sound(readFileSync(join(cacheDirectory, name)));
		} catch {
			setTimeout(() => void make(name), makeAfterMs).unref();
		}

		return cache;
	}

	async function make(name: string) {
		try {
			cache = await makeBootstrapCache(bootstrap());
			keep(name, Buffer.concat([digestOf(cache), cache]));
		} catch {
			// Plugins start without it.
		}
	}

	/** Instead of those of other builds. A disk that does not take it costs a few milliseconds at the next start. */
	function keep(name: string, bytes: Uint8Array) {
		try {
			for (const old of readdirSync(cacheDirectory).filter(file => file.startsWith(prefix))) {
				rmSync(join(cacheDirectory, old), {force: true});
			}

			writeAtomically(join(cacheDirectory, name), bytes, 0o600);
		} catch {
			// As said.
		}
	}

	return {openSandbox: openSandboxTransport(bootstrap, cacheOf), openProcess: openProcessTransport(bootstrap)};
}

const digestLength = 32;
const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** The engine believes what it is given, so a file that a full disk cut must not get there. */
function sound(file: Buffer): Uint8Array {
	const bytes = new Uint8Array(file.subarray(digestLength));
	if (!digestOf(bytes).equals(file.subarray(0, digestLength))) {
		throw new RangeError('the kept script is not whole');
	}

	return bytes;
}
