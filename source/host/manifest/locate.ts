export type Place = {readonly line: number; readonly column: number};

/**
Where a value stands in the text of valid JSON; the key of it when it has one, else the nearest thing around it that is there.
Both are counted from 1.
*/
export function locate(text: string, path: readonly string[]): Place | undefined {
	const tokens = text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g);
	// The names of the containers around the current token: a key, or a position in a list.
	const around: {readonly isList: boolean; name: string}[] = [];
	let best: {readonly depth: number; readonly at: number} | undefined;
	let isKey = false;
	for (const {0: token, index: at} of tokens) {
		const container = around.at(-1);
		switch (token) {
			case '{':
			case '[': {
				offer(at);
				around.push({isList: token === '[', name: '0'});
				isKey = token === '{';
				break;
			}

			case '}':
			case ']': {
				around.pop();
				isKey = false;
				break;
			}

			case ',': {
				if (container?.isList) {
					container.name = String(Number(container.name) + 1);
				}

				isKey = container?.isList === false;
				break;
			}

			case ':': {
				isKey = false;
				break;
			}

			default: {
				if (isKey && container !== undefined) {
					container.name = JSON.parse(token) as string;
				}

				offer(at);
			}
		}
	}

	return best && placeOf(text, best.at);

	// Keeps the deepest place on the way to the path; the first one of a depth, which for a field is its key.
	function offer(at: number) {
		const depth = around.length;
		if (depth <= path.length && depth > (best?.depth ?? -1) && around.every(({name}, index) => name === path[index])) {
			best = {depth, at};
		}
	}
}

/** Line and column of a position. */
export function placeOf(text: string, at: number): Place {
	const before = text.slice(0, at);
	const start = before.lastIndexOf('\n') + 1;
	return {line: before.split('\n').length, column: at - start + 1};
}
