import {type Clock} from '../core/ports/clock.ts';
import {type ViewStore} from '../ui/view/create-view-store.ts';

const spinnerMs = 120;

/** Moves the view's time exactly when something on the screen would say something else; an idle screen sleeps until then. */
export function startTicking(store: ViewStore, clock: Clock): () => void {
	let cancel = () => {};

	const tick = (isSpinning: boolean) => {
		const now = clock.now();
		const {now: shownAt} = store.getState();
		// What was due may have moved without a word, as an answer that came meanwhile is younger; a clock may be set back.
		if (isSpinning || now < shownAt || shownAt + store.nextStep().ms <= now) {
			store.dispatch({type: 'tick', now, isSpinning});
		}

		schedule();
	};

	const schedule = () => {
		cancel();
		const {ms, isSpinning} = store.nextStep();
		const due = store.getState().now + ms - clock.now();
		cancel = clock.after(Math.max(1, isSpinning ? Math.min(due, spinnerMs) : due), () => {
			tick(isSpinning);
		});
	};

	const unsubscribe = store.subscribe(schedule);
	schedule();
	return () => {
		unsubscribe();
		cancel();
	};
}
