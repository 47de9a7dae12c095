/** What a plugin may use of the world, whatever it was granted. Milliseconds and bytes unless the name says otherwise. */
export const brokerLimits = {
	/** One request with all its redirects. */
	httpMs: 15_000,
	/** An answer after it was decompressed. */
	httpBytes: 16 * 1024 * 1024,
	urlLength: 8192,
	headerCount: 64,
	headerLength: 8192,
	redirects: 5,
	requestsPerHost: 6,
	requestsPerSecond: 10,
	/** Distinct names below one wildcard; more in a minute is told, because data can leave as names. */
	namesPerMinute: 200,
	/** Sent and received by one plugin. */
	trafficPerMinute: 256 * 1024 * 1024,
	execMs: 60_000,
	/** Each of the two outputs. */
	execBytes: 8 * 1024 * 1024,
	execAtOnce: 4,
	stdinLength: 1024 * 1024,
	fileBytes: 16 * 1024 * 1024,
	/** Everything in a plugin's own folder. */
	folderBytes: 256 * 1024 * 1024,
	/** Written by one plugin, wherever. */
	writtenPerHour: 512 * 1024 * 1024,
	storeKeyLength: 256,
	storeKeys: 10_000,
	stateLength: 256 * 1024,
	dialogsPerMinute: 3,
	notificationsPerMinute: 20,
	uiTextLength: 500,
	statusLength: 80,
	secretLength: 64 * 1024,
	/** Characters or bytes of one item of a stream. */
	itemLength: 32 * 1024,
} as const;

export type BrokerLimits = {readonly [Key in keyof typeof brokerLimits]: number};
