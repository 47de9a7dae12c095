import {type SecretRow} from './read-secrets.ts';

/** Where a secret is kept, in words. */
export function placeText({place, from}: Pick<SecretRow, 'place' | 'from'>): string {
	switch (place) {
		case undefined: {
			return 'not set';
		}

		case 'keychain': {
			return 'in the keychain';
		}

		case 'file': {
			return 'in the sealed file';
		}

		case 'environment': {
			return `in ${from}`;
		}
	}
}
