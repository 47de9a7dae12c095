import {createHash} from 'node:crypto';
import {readdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {writeAtomically} from '../write-atomically.ts';

/** Bytes that can be made again, kept in one file whose name begins with `prefix`. */
export type KeptBytes = {
	/** Undefined when there are none, or not whole. */
	readonly read: (name: string) => Uint8Array | undefined;
	/** Instead of those of other names. A disk that does not take them is no harm. */
	readonly keep: (name: string, bytes: Uint8Array) => void;
};

export function createKeptBytes(directory: string, prefix: string): KeptBytes {
	const fileOf = (name: string) => join(directory, `${prefix}${name}`);
	return {
		read(name) {
			try {
				return whole(readFileSync(fileOf(name)));
			} catch {
				return undefined;
			}
		},
		keep(name, bytes) {
			try {
				for (const old of readdirSync(directory).filter(file => file.startsWith(prefix))) {
					rmSync(join(directory, old), {force: true});
				}

				writeAtomically(fileOf(name), Buffer.concat([digestOf(bytes), bytes]), 0o600);
			} catch {
				// As said.
			}
		},
	};
}

const digestLength = 32;
const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** Who reads them believes them, so what a full disk cut must not get there. */
function whole(file: Buffer): Uint8Array | undefined {
	const bytes = new Uint8Array(file.subarray(digestLength));
	return digestOf(bytes).equals(file.subarray(0, digestLength)) ? bytes : undefined;
}
