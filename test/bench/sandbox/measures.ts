/** What the child of the bench answers; milliseconds unless the name says otherwise. */
export type Measures = {
	readonly start: {readonly sandbox: readonly number[]; readonly empty: readonly number[]; readonly child: readonly number[]};
	readonly call: {readonly sandbox: readonly number[]; readonly child: readonly number[]; readonly grpc: readonly number[]};
	readonly stream: {readonly gaps: readonly number[]; readonly totals: readonly number[]};
	readonly idle: {readonly megabytes: number; readonly before: number};
	readonly reload: {
		readonly took: readonly number[];
		readonly calls: number;
		readonly dropped: number;
		readonly before: number;
		readonly after: number;
	};
};

export type MeasureName = keyof Measures;
/** Files with the bootstrap and with the plugin. */
export type Texts = {readonly bootstrap: string; readonly code: string};
