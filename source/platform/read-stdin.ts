/** Everything on the standard input as text; undefined when it is more than `limit` characters. */
export async function readStdin(limit: number): Promise<string | undefined> {
	let text = '';
	process.stdin.setEncoding('utf8');
	for await (const chunk of process.stdin as AsyncIterable<string>) {
		text += chunk;
		if (text.length > limit) {
			return undefined;
		}
	}

	return text;
}
