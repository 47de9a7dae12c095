/** One request as the server understood it. */
export type Call = {
	readonly service: string;
	readonly region: string;
	readonly action: string;
	readonly params: URLSearchParams;
	/** The access key it was signed with. */
	readonly key: string;
};

/** An error as AWS answers it. */
export class AwsError extends Error {
	readonly code: string;
	readonly status: number;

	constructor(code: string, message: string, status = 400) {
		super(message);
		this.code = code;
		this.status = status;
	}
}
