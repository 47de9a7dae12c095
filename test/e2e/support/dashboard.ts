import {type TestContext} from 'node:test';
import {type Pty} from '../../helpers/pty.ts';
import {startCws, type StartOptions} from './start-cws.ts';

/** Opens the dashboard at 120×36 and waits until this machine's row is live. */
export async function openDashboard(t: TestContext, options: StartOptions = {}): Promise<Pty> {
	const pty = startCws(t, [], {columns: 120, rows: 36, ...options, env: {SHELL: '/bin/sh', ...options.env}});
	await pty.waitFor(/ · live ─╮[^]*local .*host +● running/);
	return pty;
}

/** Opens the form of `local/vm` by its name, whatever else can be deployed here. */
export async function openForm(pty: Pty): Promise<void> {
	await pty.press('n');
	await pty.waitFor('local/vm');
	await pty.type('local/vm');
	// The typed name and the one kind that is left.
	await pty.waitFor(/❯ local\/vm +│[^●]+● local\/vm [^●]+ Cancel /);
	await pty.press('enter');
	await pty.waitFor('Name  ');
}

/** Types into the focused field and waits until it is there; what came before it in one read would make it a paste. */
export async function fill(pty: Pty, text: string): Promise<void> {
	await pty.type(text);
	// A long text scrolls in its field.
	await pty.waitFor(text.slice(-12));
}

/** Moves the focus of a dialog with Tab, and waits each time until it moved. */
export async function tab(pty: Pty, times = 1): Promise<void> {
	for (let time = 0; time < times; time++) {
		await pressAndSee(pty, 'tab', () => focusOf(pty));
	}
}

/** Presses a key that changes the screen and waits until something was drawn; where it matters what, wait for that. */
export async function pressAndDraw(pty: Pty, key: string): Promise<void> {
	const bytes = pty.bytes();
	await pty.press(key);
	await pty.waitUntil(() => pty.bytes() > bytes, `${key} to change the screen`);
	await pty.waitQuiet(40);
}

/** Presses a key and waits until what it changes is another. */
async function pressAndSee(pty: Pty, key: string, look: () => string): Promise<void> {
	const before = look();
	await pty.press(key);
	await pty.waitUntil(() => look() !== before, `${key} to change \`${before}\``);
}

/**
What is bold in the dialog, and in which column: its focus is. What moves behind it, the clock and figures, is left out; in which row it is
too, since a plan that arrives moves all of them, and a Tab that is not drawn yet would be taken for done.
*/
function focusOf(pty: Pty): string {
	const {left, right} = buttonsOf(pty);
	const bold: string[] = [];
	for (let y = 1; y < pty.screen().length; y++) {
		for (let x = left + 1; x < right; x++) {
			const {isBold, text} = pty.cell(y, x);
			if (isBold) {
				bold.push(`${x}${text}`);
			}
		}
	}

	return bold.join(' ');
}

function buttonsOf(pty: Pty): {readonly row: number; readonly left: number; readonly right: number} {
	const row = pty.screen().findLastIndex(line => / (Cancel|Close) /.test(line));
	const line = pty.screen()[row] ?? '';
	const at = line.search(/ (Cancel|Close) /);
	return {row, left: line.lastIndexOf('│', at), right: line.indexOf('│', at)};
}

/** Moves the focus of a dialog with Tab until the button has it. */
export async function focusButton(pty: Pty, label: string): Promise<void> {
	const text = ` ${label} `;
	const isFocused = () => {
		const {row} = buttonsOf(pty);
		const column = pty.screen()[row]?.indexOf(text) ?? -1;
		return column !== -1 && pty.cell(row, column + 1).isBold;
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
export const waitForRow = (pty: Pty, name: string, status: string): Promise<void> =>
	pty.waitUntil(() => rowOf(pty, name).includes(` ${status}`), `the row of ${name} to say ${status}`);

/** Moves the cursor to the row of a resource. */
export async function selectRow(pty: Pty, name: string): Promise<void> {
	const rowIndex = () => pty.screen().indexOf(rowOf(pty, name));
	// The cursor's row alone has a background.
	const cursorIndex = () => {
		const column = pty.screen()[rowIndex()]?.indexOf(` ${name} `) ?? -1;
		return column === -1 ? -1 : pty.screen().findIndex((_, row) => pty.cell(row, column).background !== undefined);
	};

	for (let step = 0; step < 20 && rowIndex() !== cursorIndex(); step++) {
		await pressAndSee(pty, rowIndex() > cursorIndex() ? 'j' : 'k', () => `${rowIndex()} ${cursorIndex()}`);
	}
}
