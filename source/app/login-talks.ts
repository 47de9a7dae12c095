import {ok} from '../core/failure/outcome.ts';
import {type LoginTalk} from '../engine/logins/log-in.ts';
import {type Message} from '../ui/view/message.ts';

export type LoginTalks = {
	/** The talk of one login: its steps are replies of this tag. */
	readonly talk: (reply: string, signal: AbortSignal) => LoginTalk;
	/** What the person pasted for it. */
	readonly answer: (reply: string, value: string) => void;
};

/** Lets logins speak with the person through the dialog that began them. */
export function createLoginTalks(dispatch: (message: Message) => void): LoginTalks {
	const waiting = new Map<string, (value: string | undefined) => void>();
	return {
		talk(reply, signal) {
			const show = (step: unknown) => {
				// The dialog is gone with the signal, and its tag with it.
				if (!signal.aborted) {
					dispatch({type: 'reply', reply, outcome: ok(step), isLast: false});
				}
			};

			return {
				show,
				async ask(step) {
					const {promise, resolve} = Promise.withResolvers<string | undefined>();
					const giveUp = () => {
						resolve(undefined);
					};

					waiting.set(reply, resolve);
					signal.addEventListener('abort', giveUp, {once: true});
					if (signal.aborted) {
						giveUp();
					}

					show(step);
					try {
						return await promise;
					} finally {
						waiting.delete(reply);
						signal.removeEventListener('abort', giveUp);
					}
				},
			};
		},
		answer(reply, value) {
			waiting.get(reply)?.(value);
		},
	};
}
