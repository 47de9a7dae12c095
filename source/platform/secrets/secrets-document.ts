import {areSaneParameters, type KeyParameters, type Sealed} from './seal.ts';

export type KeyKind = 'passphrase' | 'file';

export type StoredSecret = {
	readonly plugin: string;
	readonly name: string;
	/** Epoch milliseconds. */
	readonly setAt: number;
	/** Absent where the value is in the keychain of the operating system. */
	readonly sealed?: Sealed;
};

/** `secrets.json`. Names are readable in it, values are not. */
export type SecretsDocument = {
	readonly version: 1;
	/** How the values are sealed; absent while there are none. */
	readonly key?: KeyParameters & {
		readonly kind: KeyKind;
		/** A known text, to tell a wrong passphrase from a damaged secret. */
		readonly check: Sealed;
	};
	readonly secrets: readonly StoredSecret[];
};

export const emptyDocument: SecretsDocument = {version: 1, secrets: []};

export const formatDocument = (document: SecretsDocument): string => `${JSON.stringify(document, undefined, '\t')}\n`;

/** `damaged` when it is none, `newer` when a later cws wrote it. */
export function parseDocument(text: string): SecretsDocument | 'damaged' | 'newer' {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return 'damaged';
	}

	if (isObject(value) && Number.isInteger(value['version']) && (value['version'] as number) > 1) {
		return 'newer';
	}

	const isDocument =
		isObject(value) &&
		value['version'] === 1 &&
		(value['key'] === undefined || isKey(value['key'])) &&
		Array.isArray(value['secrets']) &&
		value['secrets'].every(secret => isStored(secret) && (secret['sealed'] === undefined || isObject(value['key'])));
	return isDocument ? (value as SecretsDocument) : 'damaged';
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const isSealed = (value: unknown): boolean =>
	isObject(value) && isText(value['iv']) && isText(value['tag']) && typeof value['data'] === 'string';

const isStored = (value: unknown): value is Readonly<Record<string, unknown>> =>
	isObject(value) &&
	isText(value['plugin']) &&
	isText(value['name']) &&
	Number.isFinite(value['setAt']) &&
	(value['sealed'] === undefined || isSealed(value['sealed']));

const isKey = (value: unknown): boolean =>
	isObject(value) &&
	(value['kind'] === 'passphrase' || value['kind'] === 'file') &&
	isText(value['salt']) &&
	Number.isInteger(value['cost']) &&
	Number.isInteger(value['blockSize']) &&
	Number.isInteger(value['parallelization']) &&
	areSaneParameters(value as KeyParameters) &&
	isSealed(value['check']);
