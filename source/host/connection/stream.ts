import {setImmediate as nextTurn} from 'node:timers/promises';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {cancelledFailure, namedFailure, timeoutFailure} from './plugin-failure.ts';
import {readBody, textModeOf} from './read-body.ts';
import {createInbox} from './stream-inbox.ts';
import {type ConnectionRequest, sendRequest, servedPart, type Wire} from './wire.ts';

/** One request with many answers. A chunk is parsed when the reader wants it, and the plugin may send the next one after that. */
export async function* streamFromPlugin(wire: Wire, request: ConnectionRequest): AsyncGenerator<Outcome<readonly unknown[]>, void> {
	const {plugin, transport, clock} = wire;
	const {method, signal, deadlineMs} = request;
	while (wire.isFull()) {
		await wire.place();
	}

	const refused = wire.refusal(request);
	if (refused !== undefined) {
		yield failed(refused);
		return;
	}

	const inbox = createInbox();
	const onAbort = () => inbox.end(cancelledFailure(method));
	const id = wire.add({
		...servedPart(wire, request),
		receive([kind, , body]) {
			if (kind === 's') {
				if (!inbox.push(body)) {
					wire.violate('sends without credit');
				}

				return;
			}

			const value = readBody(body);
			if (kind === 'p') {
				request.onProgress?.(value.ok ? value.value : {});
			} else if (kind === 'z') {
				inbox.finish();
			} else {
				inbox.finish(value.ok ? wire.failureOf(method, value.value) : value.error);
			}
		},
		fail: inbox.end,
	});
	const onDeadline = () => {
		inbox.end(timeoutFailure(plugin, method, deadlineMs!));
		wire.probe();
	};
	const stopDeadline = deadlineMs === undefined ? undefined : clock.after(deadlineMs, onDeadline);
	signal?.addEventListener('abort', onAbort, {once: true});
	try {
		sendRequest(transport, id, request, true);
		for (;;) {
			const next = await inbox.take();
			if (next.kind === 'end') {
				if (next.reason !== undefined) {
					yield failed(next.reason);
				}

				return;
			}

			const value = readBody(next.body, textModeOf(method));
			if (!value.ok) {
				yield failed(namedFailure(plugin, value.error));
				return;
			}

			yield ok(Array.isArray(value.value) ? (value.value as readonly unknown[]) : []);
			inbox.credit();
			transport.send('w', id, 1);
			// Two chunks that came in one turn are worked on in two, so that a key press fits between them.
			await nextTurn();
		}
	} finally {
		stopDeadline?.();
		signal?.removeEventListener('abort', onAbort);
		if (!inbox.isFinished() && !wire.isClosed()) {
			wire.cancel(id);
		}

		wire.remove(id);
	}
}
