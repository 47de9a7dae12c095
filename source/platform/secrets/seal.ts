import {createCipheriv, createDecipheriv, randomBytes, scrypt} from 'node:crypto';

/** AES-256-GCM; all in base64. */
export type Sealed = {readonly iv: string; readonly tag: string; readonly data: string};

/** How scrypt makes the key out of a passphrase; `salt` in base64. */
export type KeyParameters = {readonly salt: string; readonly cost: number; readonly blockSize: number; readonly parallelization: number};

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** A passphrase that a person chose is worth 128 MB and half a second. */
export const passphraseCost = 2 ** 17;
/** Random bytes cannot be guessed, however fast. */
export const leastCost = 2 ** 14;

export const newParameters = (cost: number): KeyParameters => ({
	salt: randomBytes(16).toString('base64'),
	cost,
	blockSize: 8,
	parallelization: 1,
});

/** Whether a file may ask for this much work; a hostile one could ask for all memory. */
export const areSaneParameters = ({cost, blockSize, parallelization}: KeyParameters): boolean =>
	Number.isInteger(Math.log2(cost)) &&
	cost >= leastCost &&
	cost <= 2 ** 20 &&
	blockSize === 8 &&
	parallelization >= 1 &&
	parallelization <= 4;

/** In the thread pool, as it takes a while. */
export async function deriveKey(passphrase: string, {salt, cost, blockSize, parallelization}: KeyParameters): Promise<Buffer> {
	const {promise, resolve, reject} = Promise.withResolvers<Buffer>();
	// The same letters typed elsewhere may come composed in another way.
	const text = passphrase.normalize('NFC');
	const options = {cost, blockSize, parallelization, maxmem: 256 * cost * blockSize};
	scrypt(text, Buffer.from(salt, 'base64'), 32, options, (error, key) => {
		if (error) {
			reject(error);
		} else {
			resolve(key);
		}
	});
	return promise;
}

/** `about` says what the text belongs to; a sealed text that was moved to another place does not open. */
export function seal(key: Buffer, text: string, about: string): Sealed {
	const iv = randomBytes(ivBytes);
	const cipher = createCipheriv(algorithm, key, iv, {authTagLength: tagBytes}).setAAD(Buffer.from(about));
	const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
	return {iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64'), data: data.toString('base64')};
}

/** Undefined with another key, and when anything of it was changed. */
export function unseal(key: Buffer, {iv, tag, data}: Sealed, about: string): string | undefined {
	try {
		const decipher = createDecipheriv(algorithm, key, Buffer.from(iv, 'base64'), {authTagLength: tagBytes})
			.setAAD(Buffer.from(about))
			.setAuthTag(Buffer.from(tag, 'base64'));
		return Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8');
	} catch {
		return undefined;
	}
}
