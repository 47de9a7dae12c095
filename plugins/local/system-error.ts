import {FailureError, providerError} from 'cws/sdk';

/** What the system refused, as a failure that says what to do. */
export function toProviderError(error: unknown, doing: string): Error {
	if (error instanceof FailureError || (error instanceof Error && error.name === 'AbortError')) {
		return error;
	}

	const {code, path, message} = error as NodeJS.ErrnoException;
	const where = path === undefined ? '' : ` \`${path}\``;
	switch (code) {
		case 'ENOSPC':
		case 'EDQUOT': {
			return providerError('CWS_DISK_FULL', {
				message: `Cannot ${doing}: the disk is full.`,
				cause: `no space for${where || ' it'}`,
				fix: 'free some space and try again',
				retryable: true,
			});
		}

		case 'EROFS':
		case 'EACCES':
		case 'EPERM': {
			return providerError('CWS_READ_ONLY', {
				message: `Cannot ${doing}: it may not be written.`,
				cause: code === 'EROFS' ? `the disk of${where || ' it'} is read-only` : `the system denied${where || ' it'}`,
				fix: 'set `CWS_HOME` to a directory you can write',
			});
		}

		default: {
			return providerError('CWS_PROVIDER_FAILED', {message: `Cannot ${doing}.`, cause: message});
		}
	}
}

export const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | undefined)?.code;
