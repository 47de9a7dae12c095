/** What the keychain is asked; `account` is the plugin's key and the secret's name. */
export type KeychainQuestion =
	| {readonly id: number; readonly method: 'probe' | 'list'}
	| {readonly id: number; readonly method: 'get' | 'delete'; readonly account: string}
	| {readonly id: number; readonly method: 'set'; readonly account: string; readonly value: string};

export type KeychainReply = {readonly id: number; readonly value: unknown} | {readonly id: number; readonly error: string};
