/** All that an iterable gives, in order. */
export async function collect<Value>(values: AsyncIterable<Value>): Promise<readonly Value[]> {
	const all: Value[] = [];
	for await (const value of values) {
		all.push(value);
	}

	return all;
}
