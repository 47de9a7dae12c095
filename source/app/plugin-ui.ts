import {type UiAnswer, type UiPort, type UiQuestion} from '../core/ports/plugin-ports.ts';
import {safeText} from '../core/text/safe-text.ts';
import {type Effect} from '../ui/view/effect.ts';
import {type Message} from '../ui/view/message.ts';
import {questionOf} from '../ui/overlays/question/question.ts';

export type PluginUi = {
	readonly port: UiPort;
	/** What the person answered. */
	readonly answer: (answer: Extract<Effect, {type: 'answer'}>) => void;
	/** Nobody answers any more. */
	readonly close: () => void;
};

type Options = {readonly dispatch: (message: Message) => void; readonly lendTerminal: UiPort['lendTerminal']};

/** Lets plugins talk to the person through the dashboard, each line under the name of its plugin. */
export function createPluginUi({dispatch, lendTerminal}: Options): PluginUi {
	const waiting = new Map<number, (answer: UiAnswer<string | undefined>) => void>();
	let lastId = 0;

	const ask = async (
		{plugin, title, text, signal}: UiQuestion,
		wants: 'yes' | 'text' | 'secret',
	): Promise<UiAnswer<string | undefined>> => {
		const id = ++lastId;
		const {promise, resolve} = Promise.withResolvers<UiAnswer<string | undefined>>();
		const withdraw = () => {
			dispatch({type: 'withdraw', question: id});
			resolve({value: undefined});
		};

		waiting.set(id, resolve);
		signal.addEventListener('abort', withdraw, {once: true});
		if (signal.aborted) {
			withdraw();
		} else {
			dispatch({type: 'ask', overlay: questionOf({id, plugin, title, text: safeText(text), wants})});
		}

		try {
			return await promise;
		} finally {
			waiting.delete(id);
			signal.removeEventListener('abort', withdraw);
		}
	};

	return {
		port: {
			notify({plugin, text}) {
				dispatch({type: 'toast', level: 'info', text: `${plugin}: ${safeText(text)}`});
			},
			status({plugin, text}) {
				dispatch({type: 'status', plugin, text: safeText(text).trim()});
			},
			async confirm(question) {
				const {value, isMuted} = await ask(question, 'yes');
				return {value: value === 'yes', ...(isMuted !== undefined && {isMuted})};
			},
			prompt: ({isSecret, ...question}) => ask(question, isSecret ? 'secret' : 'text'),
			...(lendTerminal !== undefined && {lendTerminal}),
		},
		answer({question, value, isMuted}) {
			waiting.get(question)?.({value, ...(isMuted !== undefined && {isMuted})});
		},
		close() {
			for (const resolve of waiting.values()) {
				resolve({value: undefined});
			}
		},
	};
}
