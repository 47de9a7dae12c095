import {lookup as systemLookup} from 'node:dns/promises';
import {failure, FailureError, toFailure} from '../../core/failure/failure.ts';
import {addressKind, type AddressKind, isAddress} from '../../core/permissions/address.ts';
import {hostOf} from '../../core/permissions/host-pattern.ts';

export type Address = {readonly address: string; readonly family: number};

export type Lookup = (host: string) => Promise<readonly Address[]>;

export const lookupAddresses: Lookup = host => systemLookup(host, {all: true, order: 'verbatim'});

/**
Looks a host up once and gives what may be connected to. One address that is not allowed refuses the host: who mixes public and
private answers wants the second try to reach the private one.
*/
export async function findAddresses(
	url: URL,
	allowed: ReadonlySet<AddressKind>,
	lookup: Lookup,
	signal: AbortSignal,
): Promise<readonly Address[]> {
	const host = hostOf(url);
	const addresses = isAddress(host) ? [{address: host, family: host.includes(':') ? 6 : 4}] : await resolve(host, lookup, signal);
	const refused = addresses.find(({address}) => !allowed.has(addressKind(address)));
	if (refused !== undefined) {
		throw new FailureError(
			failure('CWS_PLUGIN_DENIED', {
				message: `\`${host}\` leads to an address that is not on the internet.`,
				cause: `${refused.address} is ${addressKind(refused.address) === 'private' ? 'of a private network' : 'for special use'}`,
				details: {host, address: refused.address},
			}),
		);
	}

	return addresses;
}

async function resolve(host: string, lookup: Lookup, signal: AbortSignal): Promise<readonly Address[]> {
	const {promise: aborted, reject} = Promise.withResolvers<never>();
	const onAbort = () => reject(signal.reason as Error);
	signal.addEventListener('abort', onAbort, {once: true});
	try {
		signal.throwIfAborted();
		// The system's lookup cannot be cancelled; its late answer is dropped.
		const addresses = await Promise.race([lookup(host), aborted]);
		if (addresses.length === 0) {
			throw new Error('it has no address');
		}

		return addresses;
	} catch (error) {
		if (signal.aborted) {
			throw error;
		}

		throw new FailureError(
			failure('CWS_PROVIDER_UNAVAILABLE', {
				message: `\`${host}\` cannot be found.`,
				cause: toFailure(error).message,
				fix: 'Check the name and the network.',
				retryable: true,
			}),
		);
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
}
