import ipaddr from 'ipaddr.js';

/** Where a network address leads: the internet, the person's own networks, or nowhere a plugin has business. */
export type AddressKind = 'public' | 'private' | 'forbidden';

/** Addresses of networks that people have: what `privateNetwork` opens. */
const privateRanges: ReadonlySet<string> = new Set(['private', 'loopback', 'uniqueLocal', 'carrierGradeNat']);

/** Clouds hand out credentials at these, in ranges that are otherwise a person's own. */
const metadataAddresses: ReadonlySet<string> = new Set(['100.100.100.200', 'fd00:ec2::254', 'fd20:ce::254']);

/** Addresses of the old internet inside the new one: an obsolete form, and what a network without the old one translates to. */
const compatibleRange: readonly [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('::'), 96];
const translatedRange: readonly [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('64:ff9b::'), 96];

/**
What an address is. Everything special is forbidden, also for `privateNetwork`: link-local (the metadata services of clouds are
there), multicast, reserved, unspecified, tunnels.
*/
export function addressKind(text: string): AddressKind {
	if (!isAddress(text) || text.includes('%')) {
		return 'forbidden';
	}

	// Turns v4-mapped addresses into what they stand for.
	const address = ipaddr.process(text);
	if (metadataAddresses.has(address.toString())) {
		return 'forbidden';
	}

	if (address instanceof ipaddr.IPv6) {
		if (address.match([...translatedRange])) {
			return addressKind(ipaddr.fromByteArray(address.toByteArray().slice(12)).toString()) === 'public' ? 'public' : 'forbidden';
		}

		if (address.match([...compatibleRange]) && address.range() === 'unicast') {
			return 'forbidden';
		}
	}

	const range = address.range();
	return range === 'unicast' ? 'public' : privateRanges.has(range) ? 'private' : 'forbidden';
}

/** Whether a text is an address as URLs write it, rather than a name. */
export const isAddress = (host: string): boolean => ipaddr.IPv4.isValidFourPartDecimal(host) || ipaddr.IPv6.isValid(host);
