const longestLine = 4_194_304;

/** Bytes into the JSON values they carry, one a line. A line that is no JSON, or too long for one, is counted and left out. */
export async function* jsonLines(chunks: AsyncIterable<Uint8Array>, onSkipped: () => void = () => {}): AsyncGenerator<readonly unknown[]> {
	const decoder = new TextDecoder();
	let rest = '';
	for await (const chunk of chunks) {
		rest += decoder.decode(chunk, {stream: true});
		const lines = rest.split('\n');
		rest = lines.pop()!;
		if (rest.length > longestLine) {
			rest = '';
			onSkipped();
		}

		const values = parseAll(lines, onSkipped);
		if (values.length > 0) {
			yield values;
		}
	}

	const values = parseAll([rest + decoder.decode()], onSkipped);
	if (values.length > 0) {
		yield values;
	}
}

const parseAll = (lines: readonly string[], onSkipped: () => void): readonly unknown[] =>
	lines
		.filter(line => line.trim() !== '')
		.flatMap(line => {
			try {
				return [JSON.parse(line) as unknown];
			} catch {
				onSkipped();
				return [];
			}
		});
