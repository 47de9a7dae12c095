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

export const scenes: readonly Scene[] = [
	{name: 'dashboard', args: demo, ...size, play: ready},
	{
		name: 'plan',
		args: demo,
		...size,
		async play(pty) {
			await ready(pty);
			await pty.press('n');
			await pty.waitFor('type to narrow');
			await pty.type('nimbus/vm');
			await pty.press('enter');
			await pty.waitFor('Region');
			await pty.press('ctrl+u');
			await pty.type('genomics-gpu-2');
			await pressUntil(pty, 'tab', 'Enter presses');
			await pty.press('enter');
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
			await pty.type('old-notebook');
			await pty.press('enter', 'D');
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
