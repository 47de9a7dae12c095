import {type TestContext} from 'node:test';
import {type Pty} from '../../helpers/pty.ts';
import {startCws, type StartOptions} from './start-cws.ts';

/** Opens the dashboard at 120×36 and waits until this machine's row is live. */
export async function openDashboard(t: TestContext, options: StartOptions = {}): Promise<Pty> {
	const pty = startCws(t, [], {columns: 120, rows: 36, ...options, env: {SHELL: '/bin/sh', ...options.env}});
	await pty.waitFor(/ · live ─╮[^]*local .*host +● running/);
	return pty;
}

/** Types into the focused field and waits until it is there; what came before it in one read would make it a paste. */
export async function fill(pty: Pty, text: string): Promise<void> {
	await pty.type(text);
	// A long text scrolls in its field.
	await pty.waitFor(text.slice(-12));
}

/** Moves the focus of a dialog. */
export async function tab(pty: Pty, times = 1): Promise<void> {
	for (let time = 0; time < times; time++) {
		await pressAndDraw(pty, 'tab');
	}
}

/** Presses a key that changes the screen and waits until it did. */
export async function pressAndDraw(pty: Pty, key: string): Promise<void> {
	const bytes = pty.bytes();
	await pty.press(key);
	await pty.waitUntil(() => pty.bytes() > bytes, `${key} to change the screen`);
	await pty.waitQuiet(40);
}

/** Moves the focus of a dialog with Tab until the button has it. */
export async function focusButton(pty: Pty, label: string): Promise<void> {
	const text = ` ${label} `;
	const isFocused = () => {
		const row = pty.screen().findIndex(line => line.includes(text) && / (Cancel|Close) /.test(line));
		return row !== -1 && pty.cell(row, pty.screen()[row]!.indexOf(text) + 1).isBold;
	};

	for (let step = 0; step < 16 && !isFocused(); step++) {
		await tab(pty);
	}

	if (!isFocused()) {
		throw new Error(`the button ${label} never had the focus:\n${pty.text()}`);
	}
}

/** Presses a button of the dialog on the screen. */
export async function pressButton(pty: Pty, label: string): Promise<void> {
	await focusButton(pty, label);
	await pty.press('enter');
}

export const rowOf = (pty: Pty, name: string): string => pty.screen().find(line => new RegExp(`│[ ▌›]+${name} `).test(line)) ?? '';

/** Waits until the row of a resource says it is in this state. */
export const waitForRow = (pty: Pty, name: string, status: string, timeoutMs = 10_000): Promise<void> =>
	pty.waitUntil(() => rowOf(pty, name).includes(` ${status}`), `the row of ${name} to say ${status}`, {timeoutMs});

/** Moves the cursor from the last row up to a resource. */
export async function selectRow(pty: Pty, name: string): Promise<void> {
	const isSelected = () => pty.cellOf(` ${name} `).background !== undefined;
	if (isSelected()) {
		return;
	}

	for (let step = 0; step < 20 && !isSelected(); step++) {
		await pressAndDraw(pty, step === 0 ? 'G' : 'k');
	}
}
