import {fill, pressAndDraw, pressButton, tab} from '../../test/e2e/support/dashboard.ts';
import {type Pty} from '../../test/helpers/pty.ts';
import {type Appearance} from './draw-screen.ts';

/** One picture of docs/images, taken from a real run. */
export type Scene = {
	readonly name: string;
	readonly args: readonly string[];
	readonly columns: number;
	readonly rows: number;
	readonly appearance?: Appearance;
	readonly environment?: Readonly<Record<string, string>>;
	/** Presses keys until the screen shows what the picture is about. */
	readonly play: (pty: Pty) => Promise<void>;
};

const demo = ['demo', '--seed', '7'];
const size = {columns: 120, rows: 36};

const ready = async (pty: Pty) => {
	await pty.waitFor('month');
	await pty.waitFor(/today .*\$[1-9]/, {timeoutMs: 20_000});
	await pty.press('g');
	await pty.waitQuiet(300);
};

const pressUntil = async (pty: Pty, key: string, wanted: RegExp) => {
	for (let times = 0; times < 24 && !wanted.test(pty.text()); times++) {
		await pressAndDraw(pty, key);
	}
};

export const scenes: readonly Scene[] = [
	{
		name: 'dashboard',
		args: demo,
		...size,
		async play(pty) {
			await ready(pty);
			await pty.press('j', 'j');
			// The demo's own story goes on meanwhile.
			await pty.waitFor(' launched ', {timeoutMs: 90_000});
			await pty.waitFor('· live');
		},
	},
	{
		name: 'plan',
		args: demo,
		...size,
		async play(pty) {
			await ready(pty);
			await pty.press('n');
			await pty.waitFor('type to narrow');
			await fill(pty, 'nimbus/vm');
			await pty.press('enter');
			await pty.waitFor('Region');
			await pty.press('ctrl+u');
			await fill(pty, 'genomics-gpu-2');
			await tab(pty, 2);
			await pressUntil(pty, 'right', /Size +g5\.xlarge/);
			await pressButton(pty, 'Plan');
			await pty.waitFor('total');
			await pty.waitQuiet(300);
		},
	},
	{
		name: 'destroy',
		args: demo,
		...size,
		async play(pty) {
			await ready(pty);
			await pty.press('/');
			await fill(pty, 'old-notebook');
			await pty.press('enter');
			await pty.waitFor(/1 of \d+/);
			await pty.press('D');
			await pty.waitFor('takes');
			await pty.type('old-note');
			await pty.waitQuiet(300);
		},
	},
	{
		name: 'describe',
		args: demo,
		...size,
		async play(pty) {
			await ready(pty);
			await pty.press('d');
			await pty.waitFor('summary');
			await pty.waitQuiet(300);
		},
	},
	{name: 'paper', args: demo, ...size, appearance: 'light', environment: {CWS_THEME: 'paper'}, play: ready},
];
