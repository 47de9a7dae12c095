import {createHash} from 'node:crypto';
import {makeBootstrapCache} from '../host/transport/bootstrap-cache.ts';
import {openProcessTransport} from '../host/transport/process-transport.ts';
import {openSandboxTransport} from '../host/transport/sandbox-transport.ts';
import {type OpenTransport} from '../host/transport/transport.ts';
import {createKeptBytes} from '../platform/files/kept-bytes.ts';
import {readText} from '../platform/files/places.ts';
import {locations} from './locations.ts';

/** When the start is over. */
const makeAfterMs = 3000;

/**
Where plugins run that do not come with cws. Nothing is read before the first of them starts. What the engine made of the script they
all start from is kept in a file, for this Node and this build.
*/
export function createSandboxes(cacheDirectory: string): {readonly openSandbox: OpenTransport; readonly openProcess: OpenTransport} {
	const kept = createKeptBytes(cacheDirectory, 'sandbox-');
	let text: string | undefined;
	let cache: Uint8Array | undefined;
	let isLooked = false;
	const bootstrap = (): string => (text ??= readText(locations.sandbox));

	function cacheOf(): Uint8Array | undefined {
		if (isLooked) {
			return cache;
		}

		isLooked = true;
		const name = `${process.version}-${createHash('sha256').update(bootstrap()).digest('hex').slice(0, 16)}.bin`;
		cache = kept.read(name);
		if (cache === undefined) {
			setTimeout(() => void make(name), makeAfterMs).unref();
		}

		return cache;
	}

	async function make(name: string) {
		try {
			cache = await makeBootstrapCache(bootstrap());
			kept.keep(name, cache);
		} catch {
			// Plugins start without it.
		}
	}

	return {openSandbox: openSandboxTransport(bootstrap, cacheOf), openProcess: openProcessTransport(bootstrap)};
}
