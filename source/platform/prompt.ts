import {createInterface} from 'node:readline/promises';

/** Asks on the terminal; undefined when the person pressed ctrl+c or closed the input. */
export async function ask(question: string, signal: AbortSignal): Promise<string | undefined> {
	const lines = createInterface({input: process.stdin, output: process.stderr});
	const closed = new AbortController();
	const onClose = () => {
		closed.abort();
	};

	lines.once('close', onClose);
	lines.once('SIGINT', onClose);
	try {
		return await lines.question(question, {signal: AbortSignal.any([signal, closed.signal])});
	} catch {
		process.stderr.write('\n');
		return undefined;
	} finally {
		lines.close();
	}
}

/** A yes or no question whose default is no. */
export const confirm = async (question: string, signal: AbortSignal): Promise<boolean> =>
	/^y(es)?$/i.test((await ask(`${question} [y/N] `, signal))?.trim() ?? '');
