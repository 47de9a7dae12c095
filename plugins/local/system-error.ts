import {FailureError, providerError} from 'cws/sdk';

/** What the system refused, as a failure that says what to do. */
export function toProviderError(error: unknown, doing: string): Error {
	if (error instanceof FailureError || (error instanceof Error && error.name === 'AbortError')) {
		return error;
	}

	const {code, path, dest, message} = error as NodeJS.ErrnoException & {readonly dest?: string};
	const file = dest ?? path;
	const where = file === undefined ? 'it' : `\`${file}\``;
	switch (code) {
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
				message: `Cannot ${doing}: ${code === 'EROFS' ? 'the disk is read-only' : 'access is denied'}.`,
				cause: code === 'EROFS' ? `the disk of ${where} is read-only` : `the rights of ${where} do not allow it`,
				fix: 'set `CWS_HOME` to a directory you can write',
			});
		}

		default: {
			return providerError('CWS_PROVIDER_FAILED', {message: `Cannot ${doing}.`, cause: message});
		}
	}
}

export const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | undefined)?.code;
