/** Something a plugin contributes that cannot be had. */
export type ContributionProblem = {
	readonly plugin: string;
	/** `command analytics report`. */
	readonly what: string;
	/** One sentence. */
	readonly message: string;
	readonly fix: string;
};
