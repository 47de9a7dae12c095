import {frameLimits, isTooDeep, packBody} from '../protocol/frame.ts';
import {describeError} from './describe-error.ts';
import {type FramePort} from './frame-port.ts';

/** Sends frames to the host; what cannot be sent becomes an error instead of a broken connection. */
export type Outbox = {
	readonly send: (kind: string, id: number, value?: unknown) => void;
	/** Sends text that is JSON already; throws when it is too large or too deep. */
	readonly sendJson: (kind: string, id: number, json: string) => void;
	readonly sendError: (kind: 'A' | 'f' | 'x', id: number, error: unknown) => void;
};

/** @param readStack The stack of an error where the error itself does not tell it. */
export function createOutbox(port: FramePort, readStack?: (error: unknown) => string | undefined): Outbox {
	function sendJson(kind: string, id: number, json: string) {
		const body = packBody(json);
		if (body === undefined) {
			throw new RangeError(`the answer is larger than ${frameLimits.bytes / 1024 / 1024} MiB; give it in pages`);
		}

		if (isTooDeep(json)) {
			throw new RangeError(`the answer is nested deeper than ${frameLimits.depth} levels`);
		}

		port.post([kind, id, body]);
	}

	const send = (kind: string, id: number, value?: unknown) => {
		if (value === undefined) {
			port.post([kind, id]);
		} else {
			sendJson(kind, id, JSON.stringify(value));
		}
	};

	return {
		send,
		sendJson,
		sendError(kind, id, error) {
			const described = describeError(error, readStack);
			try {
				send(kind, id, described);
			} catch {
				send(kind, id, {name: described.name, message: described.message});
			}
		},
	};
}
