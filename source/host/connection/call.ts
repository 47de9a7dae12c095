import {failure, type Failure} from '../../core/failure/failure.ts';
import {failed, type Outcome} from '../../core/failure/outcome.ts';
import {frameLimits} from '../protocol/frame.ts';
import {cancelledFailure, namedFailure, timeoutFailure} from './plugin-failure.ts';
import {readBody, textModeOf} from './read-body.ts';
import {type ConnectionRequest, sendRequest, servedPart, type Wire} from './wire.ts';

/** One request with one answer. Always settles: by the answer, the deadline or a cancel with some grace, or the end of the worker. */
export async function callPlugin(wire: Wire, request: ConnectionRequest): Promise<Outcome<unknown>> {
	const {plugin, transport, clock, limits} = wire;
	const {method, signal, deadlineMs} = request;
	while (wire.isFull()) {
		await wire.place();
	}

	const refused = wire.refusal(request);
	if (refused !== undefined) {
		return failed(refused);
	}

	return new Promise(resolve => {
		const timers: (() => void)[] = [];
		let ending: Failure | undefined;

		function finish(outcome: Outcome<unknown>) {
			for (const stop of timers) {
				stop();
			}

			signal?.removeEventListener('abort', onAbort);
			wire.remove(id);
			resolve(outcome);
		}

		function cancel(reason: Failure, afterwards?: () => void) {
			if (ending !== undefined) {
				return;
			}

			ending = reason;
			wire.cancel(id);
			timers.push(
				clock.after(limits.graceMs, () => {
					finish(failed(reason));
					afterwards?.();
				}),
			);
		}

		const onAbort = () => cancel(cancelledFailure(method));
		const id = wire.add({
			...servedPart(wire, request),
			receive([kind, , body]) {
				const value = readBody(body, textModeOf(method));
				if (kind === 'p') {
					request.onProgress?.(value.ok ? value.value : {});
				} else if (!value.ok) {
					finish(failed(namedFailure(plugin, value.error)));
				} else if (kind === 'a') {
					finish(value);
				} else {
					finish(failed(afterCancel(wire.failureOf(method, value.value), ending)));
				}
			},
			fail: reason => finish(failed(reason)),
		});
		if (deadlineMs !== undefined) {
			timers.push(clock.after(deadlineMs, () => cancel(timeoutFailure(plugin, method, deadlineMs), wire.probe)));
		}

		signal?.addEventListener('abort', onAbort, {once: true});
		if (!sendRequest(transport, id, request, false)) {
			const message = `The input of \`${method}\` is larger than ${frameLimits.bytes / 1024 / 1024} MiB.`;
			finish(failed(failure('CWS_INVALID_INPUT', {message})));
		}
	});
}

/** After a cancel, an error is the way a plugin says that it stopped. */
const afterCancel = (reported: Failure, ending: Failure | undefined): Failure =>
	ending !== undefined && (reported.code === 'CWS_PLUGIN_FAILED' || reported.code === 'CWS_CANCELLED') ? ending : reported;
