import {createHash} from 'node:crypto';
import {promisify} from 'node:util';
import {zstdCompress} from 'node:zlib';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {formatBytes} from '../../core/text/bytes.ts';
import {
	type Envelope,
	maxDocumentBytes,
	maxPackedBytes,
	packageFailure,
	packageFiles,
	type PackageDocument,
	type PackageTexts,
	payloadType,
} from './package-format.ts';

/** The bytes of a `.cwsplugin` with these files; the same files give the same bytes. Refuses what reading it would refuse. */
export async function writePackage(texts: PackageTexts, name: string): Promise<Outcome<Uint8Array>> {
	const broken = packageFiles.find(file => texts[file]?.isWellFormed() === false);
	if (broken !== undefined) {
		return failed(packageFailure(name, `\`${broken}\` is not text in UTF-8`));
	}

	const document: PackageDocument = {
		format: 1,
		files: packageFiles.flatMap(file => {
			const text = texts[file];
			return text === undefined ? [] : [{name: file, sha256: sha256(text), text}];
		}),
	};
	const bytes = Buffer.from(JSON.stringify(document));
	if (bytes.length > maxDocumentBytes) {
		return failed(packageFailure(name, `it has ${formatBytes(bytes.length)}, and ${formatBytes(maxDocumentBytes)} are the most`));
	}

	const payload = await promisify(zstdCompress)(bytes);
	if (payload.length > maxPackedBytes) {
		return failed(packageFailure(name, `it takes ${formatBytes(payload.length)} packed, and ${formatBytes(maxPackedBytes)} are the most`));
	}

	const envelope: Envelope = {payloadType, payload: payload.toString('base64'), sha256: sha256(payload), signatures: []};
	return ok(Buffer.from(`${JSON.stringify(envelope)}\n`));
}

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
