import {type CallContext} from './provider.ts';

/** One volume of a storage provider. */
export type Volume = {
	/** The provider's own; stays the same for as long as the volume lives. */
	readonly id: string;
	readonly name: string;
	readonly sizeBytes: number;
	/** What is in it, where the provider knows. */
	readonly usedBytes?: number;
	readonly status: 'available' | 'attached' | 'creating' | 'deleting' | 'failed';
	/** References of the resources it is attached to, or the provider's own names of them. */
	readonly attachedTo: readonly string[];
	/** Where it is mounted there. */
	readonly mountPath?: string;
	/** Epoch milliseconds. */
	readonly createdAt?: number;
};

/** What became of a volume. */
export type VolumeResult = {
	/** `not_found` and `skipped` are no errors: what was asked for is already so. */
	readonly status: 'created' | 'attached' | 'detached' | 'resized' | 'deleted' | 'not_found' | 'skipped';
	readonly id: string;
	readonly message?: string;
	readonly volume?: Volume;
};

/**
What stands behind a `contributes.storageProviders` entry, as `storage.<handler>` of the plugin. Every method of the entry's
`operations` has to be there. Asking twice for the same is never an error; the second answer says `skipped` or `not_found`.
*/
export type StorageProvider = {
	/** A new, empty volume. A name that is taken is an error (`CWS_NAME_TAKEN`); the same `token` gives the same volume. */
	readonly create?: (
		volume: {readonly name: string; readonly sizeBytes: number; readonly token?: string},
		call: CallContext,
	) => Promise<VolumeResult> | VolumeResult;
	readonly list?: (call: CallContext) => Promise<readonly Volume[]> | readonly Volume[];
	/** Makes it usable by a resource, at `path` where the provider lets one choose. */
	readonly attach?: (
		volume: {readonly id: string; readonly to: string; readonly path?: string},
		call: CallContext,
	) => Promise<VolumeResult> | VolumeResult;
	/** From one resource, or from all when `from` is absent. What is in it stays. */
	readonly detach?: (volume: {readonly id: string; readonly from?: string}, call: CallContext) => Promise<VolumeResult> | VolumeResult;
	/** Smaller than what is in it is an error (`CWS_INVALID_STATE`); nothing is ever cut off. */
	readonly resize?: (volume: {readonly id: string; readonly sizeBytes: number}, call: CallContext) => Promise<VolumeResult> | VolumeResult;
	/** With everything in it; an attached one is an error (`CWS_INVALID_STATE`). */
	readonly delete?: (volume: {readonly id: string}, call: CallContext) => Promise<VolumeResult> | VolumeResult;
};
