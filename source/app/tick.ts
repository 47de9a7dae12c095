import {type Clock} from '../core/ports/clock.ts';
import {type ViewStore} from '../ui/view/create-view-store.ts';

const spinnerMs = 120;

/** Moves the view's time exactly when something on the screen would say something else; an idle screen sleeps until then. */
export function startTicking(store: ViewStore, clock: Clock): () => void {
	let cancel = () => {};
	const schedule = () => {
		cancel();
		const {ms, isSpinning} = store.nextStep();
		const due = store.getState().now + ms - clock.now();
		cancel = clock.after(Math.max(1, isSpinning ? Math.min(due, spinnerMs) : due), () => {
			store.dispatch({type: 'tick', now: clock.now(), isSpinning});
			schedule();
		});
	};

	const unsubscribe = store.subscribe(schedule);
	schedule();
	return () => {
		unsubscribe();
		cancel();
	};
}
