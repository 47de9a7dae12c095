import {createHash} from 'node:crypto';
import {promisify} from 'node:util';
import {zstdDecompress} from 'node:zlib';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {formatBytes} from '../../core/text/bytes.ts';
import {
	isPackageFile,
	maxDocumentBytes,
	maxFileBytes,
	maxPackedBytes,
	packageFailure,
	type PackageTexts,
	payloadType,
} from './package-format.ts';

/**
The files of a `.cwsplugin`, all in memory. Nothing of it is looked at before what is around it was found in order: the envelope, the
sum of its bytes, its size, the list of names, the sum of each file. It runs nothing and writes nothing.
*/
export async function readPackage(bytes: Uint8Array, source: string): Promise<Outcome<PackageTexts>> {
	try {
		return ok(textsOf(await documentOf(bytes)));
	} catch (error) {
		return failed(packageFailure(source, error instanceof Refusal ? error.message : 'it is not a package of cws'));
	}
}

class Refusal extends Error {}

async function documentOf(bytes: Uint8Array): Promise<unknown> {
	if (bytes.length > maxFileBytes) {
		throw new Refusal(`it has ${formatBytes(bytes.length)}, and ${formatBytes(maxFileBytes)} are the most`);
	}

	const envelope = fieldsOf(parse(bytes, 1), ['payloadType', 'payload', 'sha256', 'signatures'], 'the package');
	if (envelope['payloadType'] !== payloadType) {
		throw new Refusal('it holds something else than a plugin, or was packed for another version of cws');
	}

	const {payload, sha256, signatures} = envelope;
	if (typeof payload !== 'string' || !Array.isArray(signatures)) {
		throw new Refusal('it is not a package of cws');
	}

	const packed = Buffer.from(payload, 'base64');
	// What decodes to these bytes in another way is not what was signed and summed.
	if (packed.toString('base64') !== payload || packed.length > maxPackedBytes || digest(packed) !== sha256) {
		throw new Refusal('it is damaged: its bytes do not have the sum it names');
	}

	return parse(await unpack(packed), 0);
}

/** Stops at the largest size a document may have, whatever the bytes claim to be. */
async function unpack(packed: Uint8Array): Promise<Uint8Array> {
	try {
		return await promisify(zstdDecompress)(packed, {maxOutputLength: maxDocumentBytes});
	} catch (error) {
		throw new Refusal(
			(error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
				? `it unpacks to more than ${formatBytes(maxDocumentBytes)}`
				: 'it is damaged: it cannot be unpacked',
		);
	}
}

function textsOf(document: unknown): PackageTexts {
	const {format, files} = fieldsOf(document, ['format', 'files'], 'the package');
	if (format !== 1 || !Array.isArray(files)) {
		throw new Refusal('it was packed for another version of cws');
	}

	const texts = new Map<string, string>();
	for (const file of files) {
		const {name, sha256, text} = fieldsOf(file, ['name', 'sha256', 'text'], 'a file in it');
		// An exact list: a path, another case or a device is just not one of these names.
		if (!isPackageFile(name)) {
			throw new Refusal(`it has a file \`${String(name).slice(0, 100)}\`, which no package may have`);
		}

		if (texts.has(name)) {
			throw new Refusal(`it has the file \`${name}\` twice`);
		}

		if (typeof text !== 'string' || !text.isWellFormed() || digest(text) !== sha256) {
			throw new Refusal(`its file \`${name}\` does not have the sum it names`);
		}

		texts.set(name, text);
	}

	for (const name of ['plugin.json', 'plugin.js']) {
		if (!texts.has(name)) {
			throw new Refusal(`it has no \`${name}\``);
		}
	}

	return Object.fromEntries(texts) as PackageTexts;
}

/** Only JSON as cws writes it: a name that stands twice, or a number nobody can hold, would be read in two ways. */
function parse(bytes: Uint8Array, newlines: number): unknown {
	const text = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
	const value: unknown = JSON.parse(text);
	if (`${JSON.stringify(value)}${'\n'.repeat(newlines)}` !== text) {
		throw new Refusal('it was not written by `cws plugin pack`');
	}

	return value;
}

/** Exactly these fields: a link, a mode or an owner is something a package cannot have. */
function fieldsOf(value: unknown, names: readonly string[], what: string): Readonly<Record<string, unknown>> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new Refusal('it is not a package of cws');
	}

	const unknown = Object.keys(value).find(key => !names.includes(key));
	if (unknown !== undefined) {
		throw new Refusal(`${what} has the field \`${unknown.slice(0, 100)}\`, which no package may have`);
	}

	return value as Readonly<Record<string, unknown>>;
}

const digest = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
