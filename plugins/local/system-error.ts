import {FailureError, providerError} from 'cws/sdk';

/** What the system refused, as a failure that says what to do. */
export function toProviderError(error: unknown, doing: string): Error {
	if (error instanceof FailureError || (error instanceof Error && error.name === 'AbortError')) {
		return error;
	}

	const {code, path, dest, message} = error as NodeJS.ErrnoException & {readonly dest?: string};
	const file = dest ?? path;
	const isReadOnly = code === 'EROFS' || codeFrom(message) === 'EROFS';
	const where = file === undefined ? 'it' : `\`${file}\``;
	switch (code === '' || code === undefined ? codeFrom(message) : code) {
		case 'ENOSPC':
		case 'EDQUOT': {
			return providerError('CWS_DISK_FULL', {
				message: `Cannot ${doing}: the disk is full.`,
				cause: `no space is left for ${file === undefined ? 'its files' : where}`,
				fix: 'free some space and try again',
				retryable: true,
			});
		}

		case 'EROFS':
		case 'EACCES':
		case 'EPERM': {
			return providerError('CWS_READ_ONLY', {
				message: `Cannot ${doing}: ${isReadOnly ? 'the disk is read-only' : 'access is denied'}.`,
				cause: isReadOnly ? `the disk of ${where} is read-only` : `the rights of ${where} do not allow it`,
				fix: 'set `CWS_HOME` to a directory you can write',
			});
		}

		default: {
			return providerError('CWS_PROVIDER_FAILED', {message: `Cannot ${doing}.`, cause: message.replace(/^, Unknown error: /, '')});
		}
	}
}

const texts: Readonly<Record<string, string>> = {
	'Read-only file system': 'EROFS',
	'No space left on device': 'ENOSPC',
	'Disk quota exceeded': 'EDQUOT',
	'Permission denied': 'EACCES',
	'Operation not permitted': 'EPERM',
};

// `rmSync` of Node names only the few codes it knows and has the text of the others.
const codeFrom = (message: string): string | undefined => Object.entries(texts).find(([text]) => message.includes(text))?.[1];

export const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | undefined)?.code;
