import {failure, type Failure} from '../../core/failure/failure.ts';
import {safeText} from '../../core/text/safe-text.ts';

/** What a `.cwsplugin` may hold and nothing else: no path, no link, no mode, so that unpacking one can write nowhere but here. */
export const packageFiles = ['plugin.json', 'plugin.js', 'plugin.js.map', 'README.md', 'LICENSE', 'CHANGELOG.md'] as const;

export type PackageFile = (typeof packageFiles)[number];

/** The text of each file. */
export type PackageTexts = Readonly<Partial<Record<PackageFile, string>>> & Readonly<Record<'plugin.json' | 'plugin.js', string>>;

export const packageExtension = '.cwsplugin';
export const payloadType = 'application/vnd.cws.plugin+json+zstd;version=1';

const mib = 1024 * 1024;
/** Of the payload as it is kept. */
export const maxPackedBytes = 4 * mib;
/** Of the document in it. */
export const maxDocumentBytes = 16 * mib;
/** Base64 takes a third more, and the fields around it have room for many signatures. */
export const maxFileBytes = Math.ceil((maxPackedBytes * 4) / 3) + 65_536;

/** The outer of the two JSON documents. What a signature stands for is `payload`, byte by byte, and `payloadType`. */
export type Envelope = {
	readonly payloadType: string;
	/** Base64 of the zstd of the document. */
	readonly payload: string;
	/** SHA-256 of the bytes of the payload, in hex. */
	readonly sha256: string;
	readonly signatures: readonly {readonly keyid: string; readonly sig: string}[];
};

export type PackageEntry = {readonly name: PackageFile; readonly sha256: string; readonly text: string};

export type PackageDocument = {readonly format: 1; readonly files: readonly PackageEntry[]};

export const isPackageFile = (name: unknown): name is PackageFile => (packageFiles as readonly unknown[]).includes(name);

/** What is wrong with a package, named as the person named it. */
export const packageFailure = (source: string, problem: string): Failure =>
	failure('CWS_PLUGIN_PACKAGE', {message: `\`${safeText(source)}\` cannot be installed: ${safeText(problem)}.`});
