import {type Redactor, redactValue} from '../../core/text/redact.ts';
import {isFrame, isTooDeep, packBody, textOf} from '../protocol/frame.ts';
import {type OpenTransport, type Transport} from './transport.ts';

/** Answers, errors, chunks, progress, logs, events: everything a plugin says of itself. What it asks for has to stay as it is. */
const said: ReadonlySet<string> = new Set(['a', 'A', 's', 'z', 'p', 'l', 'e', 'x', 'f']);

/** Its answer is run on the person's terminal, where a changed word would be another command. */
const exactMethod = 'provider.connect';

/** Takes secrets out of everything a plugin says, before anything else looks at it: answers, errors, logs, events, output. */
export const openRedacting =
	(open: OpenTransport, redact: Redactor): OpenTransport =>
	setup => {
		const transport = open(setup);
		const exact = new Set<number>();
		return {
			...transport,
			send(kind, id, value) {
				if (kind === 'q' && (value as {readonly m?: unknown} | undefined)?.m === exactMethod) {
					exact.add(id);
				}

				return transport.send(kind, id, value);
			},
			onFrame(listener) {
				transport.onFrame(message => listener(clean(message, exact, redact)));
			},
			onOutput(listener) {
				transport.onOutput((stream, text) => listener(stream, redact(text)));
			},
		} satisfies Transport;
	};

function clean(message: unknown, exact: Set<number>, redact: Redactor): unknown {
	// What is no frame, or nested too deeply, is the connection's to refuse.
	if (!isFrame(message)) {
		return message;
	}

	const [kind, id, body] = message;
	if (kind === 'a' && exact.delete(id)) {
		return message;
	}

	const json = said.has(kind) && body !== undefined ? textOf(body) : '';
	// As a rule it holds no secret, and then it is not parsed twice.
	if (redact(json) === json || isTooDeep(json)) {
		return message;
	}

	try {
		const text = JSON.stringify(redactValue(JSON.parse(json), redact));
		return [kind, id, packBody(text) ?? text];
	} catch {
		return message;
	}
}
