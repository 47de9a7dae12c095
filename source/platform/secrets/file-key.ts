import {randomBytes} from 'node:crypto';
import {rmSync, writeFileSync} from 'node:fs';
import {failure, FailureError, type Failure} from '../../core/failure/failure.ts';
import {deriveKey, leastCost, newParameters, seal, unseal, type KeyParameters} from './seal.ts';
import {type KeyKind, type SecretsDocument} from './secrets-document.ts';
import {guard, readText, tighten} from './secrets-file.ts';

type SealingKey = NonNullable<SecretsDocument['key']>;

/** The key that seals the values in `secrets.json`. Everything throws `FailureError`. */
export type FileKey = {
	/** Opens what a document was sealed with. */
	readonly open: (key: SealingKey) => Promise<Buffer>;
	/** What new values are sealed with: the passphrase where there is one, else random bytes in a file beside the secrets. */
	readonly make: () => Promise<{readonly sealing: SealingKey; readonly key: Buffer}>;
	readonly wantedKind: KeyKind;
	/** Once nothing is sealed with the key file any more. */
	readonly dropKeyFile: () => void;
};

const checkText = 'cws secrets';

export function createFileKey({
	passphrase,
	keyFile,
	secretsFile,
	cost,
	onProblem,
}: {
	readonly passphrase: string | undefined;
	readonly keyFile: string;
	readonly secretsFile: string;
	/** Of scrypt, for a passphrase. */
	readonly cost: number;
	readonly onProblem: (problem: Failure) => void;
}): FileKey {
	const wantedKind: KeyKind = passphrase === undefined ? 'file' : 'passphrase';
	// Deriving takes a while, and it is the same each time.
	const derived = new Map<string, Promise<Buffer>>();

	return {
		wantedKind,
		async open(sealing) {
			const key = await derive(sealing.kind === 'passphrase' ? needPassphrase() : needKeyFile(), sealing);
			if (unseal(key, sealing.check, checkText) !== checkText) {
				throw new FailureError(sealing.kind === 'passphrase' ? wrongPassphrase() : wrongKeyFile(`\`${keyFile}\` is another one`));
			}

			return key;
		},
		async make() {
			const parameters = newParameters(wantedKind === 'passphrase' ? cost : leastCost);
			const key = await derive(passphrase ?? readText(keyFile)?.trim() ?? makeKeyFile(), parameters);
			return {key, sealing: {...parameters, kind: wantedKind, check: seal(key, checkText, checkText)}};
		},
		dropKeyFile() {
			rmSync(keyFile, {force: true});
		},
	};

	async function derive(text: string, {salt, cost, blockSize, parallelization}: KeyParameters): Promise<Buffer> {
		const parameters = {salt, cost, blockSize, parallelization};
		const id = JSON.stringify([parameters, text]);
		const known = derived.get(id) ?? deriveKey(text, parameters);
		derived.set(id, known);
		return known;
	}

	function needPassphrase(): string {
		if (passphrase === undefined) {
			throw new FailureError(
				failure('CWS_SECRETS', {
					message: `\`${secretsFile}\` is sealed with a passphrase, and there is none.`,
					fix: 'give it in the variable `CWS_SECRETS_PASSPHRASE`',
				}),
			);
		}

		return passphrase;
	}

	function needKeyFile(): string {
		const text = readText(keyFile)?.trim();
		if (!text) {
			throw new FailureError(wrongKeyFile(`\`${keyFile}\` is gone`));
		}

		tighten(keyFile, onProblem);
		return text;
	}

	function makeKeyFile(): string {
		const text = randomBytes(32).toString('base64url');
		guard(keyFile, () => {
			writeFileSync(keyFile, `${text}\n`, {flag: 'wx', mode: 0o600, flush: true});
		});
		return text;
	}

	function wrongPassphrase() {
		return failure('CWS_SECRETS', {
			message: `The passphrase in \`CWS_SECRETS_PASSPHRASE\` does not open \`${secretsFile}\`.`,
			fix: 'give the one it was sealed with',
		});
	}

	function wrongKeyFile(cause: string) {
		return failure('CWS_SECRETS', {
			message: `The key that opens \`${secretsFile}\` is missing.`,
			cause,
			fix: `put the file back from a copy; without it move \`${secretsFile}\` away and set the secrets again`,
		});
	}
}
