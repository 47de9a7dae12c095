import {exitCodes, type ExitCode} from '../core/failure/error-codes.ts';
import {failure, formatFailure, toFailure} from '../core/failure/failure.ts';
import {createKeymap} from '../keymap/create-keymap.ts';
import {isInterruptForChild} from '../platform/exec.ts';
import {colorLevel, type ColorLevel} from '../platform/terminal/color-level.ts';
import {createTerminal, type Terminal} from '../platform/terminal/create-terminal.ts';
import {type App, createApp, type DemoOptions} from './create-app.ts';
import {endProcess} from './end-process.ts';

export type DashboardOptions = {
	readonly configFile?: string | undefined;
	readonly pluginDirs?: readonly string[];
	readonly pluginConfig?: readonly string[];
	readonly isColorOff?: boolean;
	readonly demo?: DemoOptions;
};

/** Opens the dashboard and resolves when the person left it; the terminal is as it was then, whatever happened. */
export async function startDashboard({configFile, pluginDirs, pluginConfig, isColorOff, demo}: DashboardOptions): Promise<ExitCode> {
	const {env, stdin, stdout} = process;
	// First of all, because the database opens in its thread while the drawing code is loaded.
	const app = createApp({environment: env, cwd: process.cwd(), configFile, pluginDirs, pluginConfig, face: 'tui', demo});
	const terminal = createTerminal({stdin, stdout, environment: env});
	const ended = Promise.withResolvers<ExitCode>();
	const onCrash = (error: unknown) => {
		terminal.restore();
		app.log.write('error', 'crashed', {error});
		app.log.flush();
		process.stderr.write(
			`${formatFailure(failure('CWS_INTERNAL', {message: 'cws stopped because of a bug.', cause: toFailure(error).message, fix: `Report it with ${app.log.file}`}))}\n`,
		);
		void endProcess(app, exitCodes.failed, {deadlineMs: 500});
	};

	process.on('uncaughtException', onCrash);
	process.on('unhandledRejection', onCrash);
	for (const [signal, code] of [
		['SIGTERM', 143],
		['SIGHUP', 129],
		['SIGINT', 130],
	] as const) {
		process.on(signal, () => {
			if (signal !== 'SIGINT' || !isInterruptForChild()) {
				ended.resolve(code as ExitCode);
			}
		});
	}

	terminal.onGone(() => {
		ended.resolve(129 as ExitCode);
	});
	const close = await openDashboard({app, terminal, isColorOff, onQuit: ended.resolve});
	const code = await ended.promise;
	await close();
	app.log.flush();
	return endProcess(app, code, {deadlineMs: 3000});
}

// Chalk reads FORCE_COLOR at import, and neither it nor Ink knows NO_COLOR. What we start later must not inherit our answer.
async function withColor<Value>(level: ColorLevel, load: () => Promise<Value>): Promise<Value> {
	const {env} = process;
	const {FORCE_COLOR: before} = env;
	env.FORCE_COLOR = String(level);
	try {
		return await load();
	} finally {
		if (before === undefined) {
			delete env.FORCE_COLOR;
		} else {
			env.FORCE_COLOR = before;
		}
	}
}

type OpenOptions = {
	readonly app: App;
	readonly terminal: Terminal;
	readonly isColorOff?: boolean;
	readonly onQuit: (code: ExitCode) => void;
};

async function openDashboard({app, terminal, isColorOff, onQuit}: OpenOptions): Promise<() => Promise<void>> {
	// Keys pressed from here on are for the dashboard, also those before its first frame.
	terminal.start();
	const level = colorLevel(process.env, true, isColorOff);
	const [{runDashboard}] = await Promise.all([withColor(level, async () => import('./run-dashboard.ts')), app.engine.load()]);
	const {keys, keyPreset} = app.settings.settings;
	return runDashboard({
		app,
		terminal,
		keymap: createKeymap({overrides: keys, preset: keyPreset}),
		colorLevel: level,
		onQuit,
	});
}
