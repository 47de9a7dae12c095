import {failure, FailureError} from '../../../core/failure/failure.ts';
import {pointerParts, valueAt} from '../../../core/schema/pointer.ts';
import {readRecord, readText} from '../read-arguments.ts';
import {denied, wrongArgument} from '../refusals.ts';
import {type PluginSecrets} from '../plugin-secrets.ts';

/** What of an answer becomes which secret: JSON pointers by the names of secrets. */
export type Kept = ReadonlyMap<string, readonly string[]>;

const most = 8;
// A shorter one is left in texts by the redactor, so that it would reach the plugin.
const shortest = 8;
const longest = 65_536;

/** Reads `keep` of a request. Only what the manifest lets a login set can be kept. */
export function readKeep(value: unknown, plugin: string, secrets: PluginSecrets): Kept {
	const entries = Object.entries(readRecord(value, 'keep'));
	if (entries.length > most) {
		throw wrongArgument(`\`keep\` must name at most ${most} secrets.`);
	}

	return new Map(
		entries.map(([name, pointer]) => {
			if (secrets.find(name).keep !== true) {
				throw denied(`\`${plugin}\` may not set its secret \`${name}\`.`);
			}

			const text = readText(pointer, 'keep', 200);
			if (!text.startsWith('/')) {
				throw wrongArgument('`keep` must have JSON pointers, for example `/access_token`.');
			}

			return [name, pointerParts(text)];
		}),
	);
}

/**
Puts values of a JSON answer into the secrets of the plugin; from then on they are taken out of everything it gets to see, this answer
first. What the answer does not have stays as it was.
*/
export async function keepSecrets(kept: Kept, body: Uint8Array, secrets: PluginSecrets): Promise<void> {
	const answer = kept.size === 0 ? undefined : jsonOf(body);
	for (const [name, path] of answer === undefined ? [] : kept) {
		const value = valueAt(answer, path);
		if (value === undefined || value === null) {
			continue;
		}

		if (typeof value !== 'string' || value.length < shortest || value.length > longest) {
			throw new FailureError(
				failure('CWS_PROVIDER_FAILED', {
					message: `The answer has something at \`/${path.join('/')}\` that cannot be the secret \`${name}\`.`,
					cause: `it is no text of ${shortest} to ${longest} characters`,
				}),
			);
		}

		await secrets.save(name, value);
	}
}

function jsonOf(body: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(body)) as unknown;
	} catch {
		return undefined;
	}
}
