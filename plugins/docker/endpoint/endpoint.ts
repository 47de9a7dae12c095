import {type Address} from './address.ts';

/** One Docker or Podman, as one `account` of the references. */
export type Endpoint = {
	/** The name of its context, of its table in the configuration, or `podman` and the like for a socket that was found. */
	readonly account: string;
	readonly address: Address;
	/** Where it was read from, in words. */
	readonly from: string;
	/** Somebody wrote it down, so that its silence is worth a word; a socket that lies about may be silent. */
	readonly isAskedFor: boolean;
	readonly ratePerHour?: number;
};

/** A place that named an endpoint that cannot be used, with the reason. */
export type BrokenEndpoint = {readonly account: string; readonly reason: string; readonly fix: string};

/** Found by itself and of this machine: nobody bills it. A TCP address of this machine may be a tunnel to another one. */
export const isLocal = ({address}: Endpoint): boolean => address.kind === 'unix';
