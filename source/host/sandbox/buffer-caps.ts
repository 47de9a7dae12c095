import {sandboxSetup} from './sandbox-setup.ts';

// Runs before ses, whose shim makes parts of ArrayBuffer unchangeable. The memory of buffers is outside of what a heap limit
// counts, and filling one of many gigabytes cannot be interrupted; so no single one may be large.
type Construct = new (...args: readonly unknown[]) => object;

const limit = sandboxSetup.maxBufferBytes;
const PlainBuffer = ArrayBuffer;
const {get: byteLengthOf} = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength') as {
	readonly get: (this: unknown) => number;
};
const isBuffer = (value: object): boolean => {
	try {
		Reflect.apply(byteLengthOf, value, []);
		return true;
	} catch {
		return false;
	}
};

function capped(bytes: number): void {
	if (bytes > limit) {
		throw new RangeError(`plugin quota: a buffer may hold at most ${limit} bytes`);
	}
}

/** A stand-in with the same prototype, name and length, so that nothing reaches the original again. */
function replace(Original: Construct, name: string, construct: (args: readonly unknown[]) => readonly unknown[]): Construct {
	const Stand = function (this: unknown, ...args: readonly unknown[]): object {
		const target = new.target as unknown;
		if (target === undefined) {
			throw new TypeError(`Constructor ${name} requires 'new'`);
		}

		return Reflect.construct<readonly unknown[], object>(Original, construct(args), target === Stand ? Original : (target as Construct));
	} as unknown as Construct;
	const prototype = Original.prototype as object;
	Object.defineProperty(Stand, 'name', {value: name, configurable: true});
	Object.defineProperty(Stand, 'prototype', {value: prototype, writable: false, enumerable: false, configurable: false});
	Object.defineProperty(Stand, 'length', {value: Original.length, configurable: true});
	Object.defineProperty(prototype, 'constructor', {value: Stand, writable: true, configurable: true});
	Object.setPrototypeOf(Stand, Object.getPrototypeOf(Original) as object);
	Object.defineProperty(globalThis, name, {value: Stand, writable: true, enumerable: false, configurable: true});
	return Stand;
}

function capArrayBuffer(): void {
	const prototype = PlainBuffer.prototype as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
	const Stand = replace(PlainBuffer, 'ArrayBuffer', ([length, options]) => {
		if ((options as {readonly maxByteLength?: unknown} | undefined)?.maxByteLength !== undefined) {
			throw new RangeError('plugin quota: buffers that grow are not available');
		}

		// Read once: the length may be an object that says something else the second time.
		const bytes = Number(length);
		capped(bytes);
		return [bytes];
	});
	Object.defineProperty(Stand, 'isView', {...Object.getOwnPropertyDescriptor(PlainBuffer, 'isView')});
	Object.defineProperty(Stand, Symbol.species, {
		get(this: unknown) {
			return this;
		},
		configurable: true,
	});
	for (const name of ['transfer', 'transferToFixedLength', 'transferToImmutable']) {
		const original = prototype[name];
		if (original !== undefined) {
			const {[name]: stand} = {
				[name](this: unknown, length?: unknown) {
					const bytes = length === undefined ? undefined : Number(length);
					capped(bytes ?? 0);
					return Reflect.apply(original, this, bytes === undefined ? [] : [bytes]);
				},
			};
			Object.defineProperty(prototype, name, {value: stand, writable: true, configurable: true});
		}
	}

	Reflect.deleteProperty(prototype, 'resize');
}

function capView(name: string): void {
	const Original = (globalThis as unknown as Record<string, Construct | undefined>)[name];
	if (Original === undefined) {
		return;
	}

	const {BYTES_PER_ELEMENT: size} = Original as unknown as {readonly BYTES_PER_ELEMENT: number};
	const Stand = replace(Original, name, ([first, ...rest]) => {
		if (typeof first !== 'object' || first === null) {
			const length = Number(first ?? 0);
			capped(length * size);
			return [length];
		}

		if (PlainBuffer.isView(first) || isBuffer(first)) {
			return [first, ...rest];
		}

		const items = snapshot(first, size);
		capped(items.length * size);
		return [items];
	});
	Object.defineProperty(Stand, 'BYTES_PER_ELEMENT', {value: size});
	for (const from of ['fromBase64', 'fromHex']) {
		const original = (Original as unknown as Record<string, ((...args: readonly unknown[]) => unknown) | undefined>)[from];
		if (original !== undefined && Object.hasOwn(Original, from)) {
			const {[from]: stand} = {
				[from](text: unknown, ...options: readonly unknown[]) {
					capped(typeof text === 'string' ? text.length / 2 : 0);
					return Reflect.apply(original, Original, [text, ...options]);
				},
			};
			Object.defineProperty(Stand, from, {value: stand, writable: true, configurable: true});
		}
	}
}

/** A list as it is now: its length or its iterator may say something else the second time. */
function snapshot(list: object, size: number): readonly unknown[] {
	if ((list as {readonly [Symbol.iterator]?: unknown})[Symbol.iterator] !== undefined) {
		return Array.from(list as Iterable<unknown>);
	}

	const length = Number((list as {readonly length?: unknown}).length) || 0;
	capped(length * size);
	return Array.from({length: Math.max(0, length)}, (_, index) => (list as Record<number, unknown>)[index]);
}

function capEncoder(): void {
	const prototype = TextEncoder.prototype as unknown as Record<string, (this: unknown, text: string) => unknown>;
	const original = prototype.encode!;
	prototype.encode = function encode(this: unknown, text: unknown = '') {
		// Once, because the text may be an object that says something longer the second time.
		const whole = String(text);
		capped(whole.length);
		return Reflect.apply(original, this, [whole]);
	};
}

capArrayBuffer();
for (const name of [
	'Int8Array',
	'Uint8Array',
	'Uint8ClampedArray',
	'Int16Array',
	'Uint16Array',
	'Int32Array',
	'Uint32Array',
	'Float16Array',
	'Float32Array',
	'Float64Array',
	'BigInt64Array',
	'BigUint64Array',
]) {
	capView(name);
}

capEncoder();
