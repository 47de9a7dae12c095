/** The results of all, each as soon as it is there; the first failure ends it. */
export async function* asTheyCome<Result>(works: readonly Promise<Result>[]): AsyncGenerator<Result> {
	const left = new Map(works.map((work, index) => [index, work.then(result => ({index, result}))]));
	// Whoever fails while another is waited for is not left unheard.
	for (const work of left.values()) {
		work.catch(() => undefined);
	}

	while (left.size > 0) {
		const {index, result} = await Promise.race(left.values());
		left.delete(index);
		yield result;
	}
}
