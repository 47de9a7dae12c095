/** One refresh of a provider. */
export type Poll = {
	readonly ms: number;
	/** How many of its resources were running then. */
	readonly running: number;
};

/** What `headless.ts poll PROVIDER N` answers. */
export type Polls = {
	readonly polls: readonly Poll[];
	/** The most its worker took, in MB, as cws itself shows it; 0 when it was never measured. */
	readonly memoryMb: number;
};
