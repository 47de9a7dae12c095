/** Checked against the manifest's schema by the host, which also fills in the defaults. */
export type MockConfig = {
	readonly resources: number;
	readonly seed: number;
	readonly faults: boolean;
	readonly latencyMs: number;
	readonly changesPerSecond: number;
};
