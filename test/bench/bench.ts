import {type Installed} from './support/install-copy.ts';

/** One line of the table. */
export type Figure = {
	readonly name: string;
	readonly value: number;
	/** Written behind the value: `×`, `ms`, `MB`, `bytes`, `%`. */
	readonly unit: string;
	/** The value may not be above it; without one the figure is only told. */
	readonly limit?: number;
	/** Above it something is broken; three times the limit when absent, since less may be the noise of a shared machine. */
	readonly gross?: number;
	/** What it was measured beside, or how. */
	readonly beside: string;
};

export type Bench = {
	readonly name: string;
	readonly run: (installed: Installed) => Promise<readonly Figure[]>;
};
