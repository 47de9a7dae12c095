import {StringDecoder} from 'node:string_decoder';

const pasteStart = '\u001B[200~';
const pasteEnd = '\u001B[201~';
const markPastes = '\u001B[?2004h';
const markNoPastes = '\u001B[?2004l';

/**
Asks for a secret on the terminal without showing it; undefined when the person pressed ctrl+c or the input ended. What is pasted
may have several lines; Enter ends it.
*/
export async function askHidden(question: string, signal: AbortSignal): Promise<string | undefined> {
	const {stdin, stderr} = process;
	const {promise, resolve} = Promise.withResolvers<string | undefined>();
	const decoder = new StringDecoder('utf8');
	let typing: Typing = {typed: '', isPasting: false};
	const onData = (chunk: Buffer) => {
		typing = readTyping(typing, decoder.write(chunk));
		if (typing.end !== undefined) {
			resolve(typing.end === 'cancelled' ? undefined : typing.typed);
		}
	};

	const onEnd = () => {
		resolve(undefined);
	};

	stderr.write(question + markPastes);
	stdin.setRawMode(true);
	stdin.on('data', onData);
	stdin.once('end', onEnd);
	signal.addEventListener('abort', onEnd, {once: true});
	stdin.resume();
	try {
		return await promise;
	} finally {
		stdin.off('data', onData);
		stdin.off('end', onEnd);
		signal.removeEventListener('abort', onEnd);
		stdin.setRawMode(false);
		stdin.pause();
		stderr.write(`${markNoPastes}\n`);
	}
}

export type Typing = {readonly typed: string; readonly isPasting: boolean; readonly end?: 'entered' | 'cancelled'};

/** What was typed after one more piece of the raw input. */
export function readTyping(before: Typing, piece: string): Typing {
	let {typed, isPasting} = before;
	for (let at = 0; at < piece.length; at++) {
		const marker = [pasteStart, pasteEnd].find(one => piece.startsWith(one, at));
		const character = piece[at]!;
		if (marker !== undefined) {
			isPasting = marker === pasteStart;
			at += marker.length - 1;
		} else if (character === '\r' || character === '\n') {
			// A terminal that marks no pastes gives a whole one at once.
			if (!isPasting && piece.slice(at).trim() === '') {
				return {typed, isPasting, end: 'entered'};
			}

			typed += character === '\n' && piece[at - 1] === '\r' ? '' : '\n';
		} else if (character === '\u0003' && !isPasting) {
			return {typed: '', isPasting, end: 'cancelled'};
		} else if (character === '\u0004' && !isPasting) {
			return {typed, isPasting, end: typed === '' ? 'cancelled' : 'entered'};
		} else if (character === '\u007F' || character === '\b') {
			typed = Array.from(typed).slice(0, -1).join('');
		} else if (character === '\u0015') {
			typed = '';
		} else if (character === '\u001B') {
			// An arrow or another key that means nothing here.
			// oxlint-disable-next-line no-control-regex
			at += (/^\u001B(?:\[[\d;]*[A-Za-z~]|O.)?/.exec(piece.slice(at))?.[0].length ?? 1) - 1;
		} else if (character >= ' ' || character === '\t') {
			typed += character;
		}
	}

	return {typed, isPasting};
}
