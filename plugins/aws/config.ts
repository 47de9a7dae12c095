/** `[plugins.aws]` of the configuration. */
export type AwsConfig = {
	/** Only these profiles; without any, all that need no question and run no program. */
	readonly profiles: readonly string[];
	/** Looked at for every profile; `all` is every region its account has. Without any, the region of the profile. */
	readonly regions: readonly string[];
	/** Only these accounts may be used, by their twelve digits; all when empty. */
	readonly allowAccounts: readonly string[];
	readonly denyAccounts: readonly string[];
	/** What a person calls an account, by its twelve digits. */
	readonly accountNames: Readonly<Record<string, string>>;
	/** Whether the role of the machine cws runs on is asked for, at its metadata address. */
	readonly instanceRole: boolean;
	/** How long one region may take in a list. */
	readonly regionSeconds: number;
	readonly connect: 'auto' | 'ssh' | 'ssm';
	readonly sshUser?: string;
	readonly sshKeyFile?: string;
	/** Replaces every address, for an emulator or a private gateway. */
	readonly endpoint?: string;
	/** Whether the Pricing API is asked for the list prices of what is there; yes when absent. */
	readonly livePrices?: boolean;
	/** Its address, instead of AWS's own. */
	readonly pricingEndpoint?: string;
	/** Whether CloudWatch is asked for the figures of an instance somebody looks at; yes when absent. */
	readonly metrics?: boolean;
	/** A recorded fleet instead of AWS: nothing is dialled, and no credentials are looked for. */
	readonly demo?: boolean;
};

/** The world as this plugin sees it; tests give another one. */
export type World = {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly now: () => number;
};
