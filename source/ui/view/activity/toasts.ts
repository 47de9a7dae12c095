import {type Toast, type ViewState} from '../state.ts';

const lifetimeMs: Readonly<Record<Toast['level'], number>> = {info: 4000, warn: 6000, error: 10_000};

/** Adds a message for the bottom line; the same text again only stays longer. */
export function withToast(view: ViewState, level: Toast['level'], text: string): ViewState {
	const id = (view.toasts.at(-1)?.id ?? 0) + 1;
	const others = view.toasts.filter(toast => toast.text !== text).slice(-4);
	return {...view, toasts: [...others, {id, level, text, until: view.now + lifetimeMs[level]}]};
}

export function withoutExpired(view: ViewState): ViewState {
	const toasts = view.toasts.filter(toast => toast.until > view.now);
	return toasts.length === view.toasts.length ? view : {...view, toasts};
}

// Long enough to be read.
const readMs = 1500;

/** Who goes on working has read what was said, unless it is an error; the hints come back. */
export function withoutRead(view: ViewState): ViewState {
	const toasts = view.toasts.filter(({level, until}) => level === 'error' || until - lifetimeMs[level] + readMs > view.now);
	return toasts.length === view.toasts.length ? view : {...view, toasts};
}
