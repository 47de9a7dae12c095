const keptGlobals: ReadonlySet<PropertyKey> = new Set(
	(
		'globalThis Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise RegExp Error ' +
		'AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError JSON Math ArrayBuffer Uint8Array DataView Map ' +
		'BigInt Set WeakMap WeakSet Proxy Reflect Iterator eval isFinite isNaN harden assert'
	).split(' '),
);

/** What Node itself still calls on its process object while a thread lives and ends. */
const keptOfProcess: ReadonlySet<PropertyKey> = new Set(
	(
		'emit nextTick _tickCallback on off once listeners listenerCount removeListener addListener _events _eventsCount _maxListeners ' +
		'_exiting _fatalException exitCode emitWarning constructor version versions stdout stderr stdin hrtime features argv execArgv platform arch domain'
	).split(' '),
);

/** Empties what an escape from the compartment would land on: the global object, and the process object of whoever holds one. */
export function scuttle(): void {
	// Every level up to Object.prototype, because the powerful methods are partly inherited.
	for (let owner: object | null = process; owner !== null && owner !== Object.prototype; owner = Reflect.getPrototypeOf(owner)) {
		for (const key of Reflect.ownKeys(owner)) {
			if (typeof key !== 'symbol' && !keptOfProcess.has(key)) {
				remove(owner, key);
			}
		}
	}

	for (const key of Reflect.ownKeys(globalThis)) {
		if (!keptGlobals.has(key)) {
			remove(globalThis, key);
		}
	}
}

/** Deletes without a look at it first: a look makes Node load what stands behind many of them. */
function remove(owner: object, key: PropertyKey): void {
	if (!Reflect.deleteProperty(owner, key) && Reflect.getOwnPropertyDescriptor(owner, key)?.writable === true) {
		Reflect.set(owner, key, undefined);
	}
}
