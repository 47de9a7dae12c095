import {type TerminalGuard} from '../guard.ts';
import {type Terminal} from './create-terminal.ts';

export type LendOptions = {
	readonly terminal: Pick<Terminal, 'suspendInput' | 'resumeInput'>;
	/** Absent before the first frame. */
	readonly guard?: TerminalGuard;
	/** Leaves the screen to what it runs and draws it again afterwards. */
	readonly suspendScreen: (run: () => Promise<void>) => Promise<void>;
};

/** Gives the whole terminal away while `borrow` runs, and takes it back whatever happened. */
export async function lendTerminal<Value>({terminal, guard, suspendScreen}: LendOptions, borrow: () => Promise<Value>): Promise<Value> {
	let borrowed: {readonly value: Value} | undefined;
	// The input first: a key typed when the screen has changed already is the child's.
	await terminal.suspendInput();
	try {
		await suspendScreen(async () => {
			guard?.disarm();
			try {
				borrowed = {value: await borrow()};
			} finally {
				guard?.arm();
				// Before the screen is drawn again, so that no colour of the child gets into it.
				terminal.resumeInput();
			}
		});
	} finally {
		terminal.resumeInput();
	}

	if (borrowed === undefined) {
		throw new Error('the screen was not suspended');
	}

	return borrowed.value;
}
