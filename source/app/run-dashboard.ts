import {basename} from 'node:path';
import {exitCodes, type ExitCode} from '../core/failure/error-codes.ts';
import {FailureError} from '../core/failure/failure.ts';
import {nearest} from '../core/text/nearest.ts';
import {safeText} from '../core/text/safe-text.ts';
import {mapOutcome, ok, type Outcome} from '../core/failure/outcome.ts';
import {type ResourceRef} from '../core/reference.ts';
import {loadValidator, type Validate} from '../core/schema/validate.ts';
import {type Keymap} from '../keymap/keymap.ts';
import {openUrl, runOnTerminal} from '../platform/exec.ts';
import {startGuard, type TerminalGuard} from '../platform/guard.ts';
import {keepCompiled} from '../platform/keep-compiled.ts';
import {createRemembered} from '../platform/remembered.ts';
import {saveFile} from '../platform/save-file.ts';
import {carrySession} from '../platform/terminal/carry-session.ts';
import {type ColorLevel} from '../platform/terminal/color-level.ts';
import {lendTerminal} from '../platform/terminal/lend-terminal.ts';
import {stopProcess} from '../platform/terminal/stop-process.ts';
import {type Terminal} from '../platform/terminal/create-terminal.ts';
import {mountDashboard} from '../ui/mount-dashboard.tsx';
import {loadThemes} from '../ui/theme/load-themes.ts';
import {trustQuestion} from '../ui/overlays/confirm/trust-question.ts';
import {createThemeList} from '../ui/theme/theme-list.ts';
import {createViewStore} from '../ui/view/create-view-store.ts';
import {type App} from './create-app.ts';
import {followThemes} from './follow-themes.ts';
import {promisesTheme} from './plugin-themes.ts';
import {createPluginUi} from './plugin-ui.ts';
import {recalledFolders, recalledView} from './recalled-view.ts';
import {createEffectRunner} from './run-effect.ts';
import {startTicking} from './tick.ts';

export type RunOptions = {
	readonly app: App;
	readonly terminal: Terminal;
	readonly keymap: Keymap;
	readonly colorLevel: ColorLevel;
	readonly onQuit: (code: ExitCode) => void;
};

// Filter rows are prepared in slices of this size, so that no key waits for them.
const warmRows = 2000;
// When everything of a usual session has been loaded.
const keepCompiledMs = 10_000;
const holdMs = 2000;

/** Draws the dashboard over a loaded engine, then starts everything that can wait. Gives the function that closes it. */
export async function runDashboard({app, terminal, keymap, colorLevel, onQuit}: RunOptions): Promise<() => Promise<void>> {
	const {engine, clock, settings} = app;
	const themes = createThemeList(loadThemes());
	const remembered = createRemembered({
		directory: app.directories.state,
		onProblem: message => app.log.write('warn', message),
	});
	let validate: Validate = () => [];
	const store = createViewStore({
		engine,
		clock,
		keymap,
		themes: themes.get(),
		validate: (schema, value) => validate(schema, value),
		settings: {undoSeconds: settings.settings.undoSeconds, defaults: settings.settings.defaults},
		initial: {...recalledView(remembered.values), size: terminal.size(), now: clock.now(), theme: settings.settings.theme},
		onEffects(effects) {
			effects.forEach(effect => runEffect(effect));
		},
	});
	const dashboard = mountDashboard({store, themes, colorLevel, stdin: terminal.inkStdin, stdout: terminal.inkStdout});
	let guard: TerminalGuard | undefined;
	const lend = async <Value>(borrow: () => Promise<Value>) => lendTerminal({terminal, guard, suspendScreen: dashboard.suspend}, borrow);

	const connect = async (ref: ResourceRef): Promise<Outcome<void>> => {
		// What is typed now is meant for the shell, unless it takes so long that somebody may want something else.
		terminal.holdInput();
		const stopHolding = clock.after(holdMs, terminal.resumeInput);
		const connection = await engine.connect(ref, {});
		stopHolding();
		if (!connection.ok) {
			terminal.resumeInput();
			return connection;
		}

		const {value} = connection;
		if (value.kind === 'url') {
			terminal.resumeInput();
			return openUrl(value.url);
		}

		const ended = await lend(async () => {
			process.stdout.write(`${value.title ?? 'A shell'}: \`exit\` comes back to cws.\n`);
			return value.kind === 'exec'
				? runOnTerminal(value)
				: carrySession({stdin: process.stdin, stdout: process.stdout, guard}, session => engine.attach(ref, session));
		});
		return mapOutcome(ended, () => undefined);
	};

	const pluginUi = createPluginUi({
		dispatch: store.dispatch,
		async lendTerminal({plugin, file, args, environment, directory}) {
			const ran = await lend(async () => {
				process.stdout.write(
					`The plugin ${plugin} runs \`${[basename(file), ...args].map(safeText).join(' ')}\`; cws comes back when it ends.\n`,
				);
				return runOnTerminal({command: file, args, env: environment, isOwnEnvironment: true, cwd: directory});
			});
			if (!ran.ok) {
				throw new FailureError(ran.error);
			}

			return {code: ran.value.exitCode};
		},
	});

	const runEffect = createEffectRunner({
		engine,
		dispatch: store.dispatch,
		connect,
		openUrl,
		copy: terminal.copy,
		save: saveFile,
		async setTheme(name, persist) {
			store.dispatch({type: 'theme', name});
			return persist ? app.saveSetting('theme', name) : ok(undefined);
		},
		remember: remembered.set,
		readSettings: () => app.readSettings().entries,
		answer: pluginUi.answer,
		suspend() {
			void lend(stopProcess);
		},
		quit(force) {
			onQuit(force ? exitCodes.cancelled : exitCodes.done);
		},
	});
	const stops = [
		terminal.onInput(event => {
			store.dispatch({type: 'input', event});
		}),
		terminal.onResize(size => {
			store.dispatch({type: 'resize', ...size});
		}),
		startTicking(store, clock),
		app.followSettings(),
		followThemes(engine, all => {
			themes.set(all);
			store.setThemes(all);
		}),
	];
	dashboard.ended.catch((error: unknown) => {
		process.emit('uncaughtException', error instanceof Error ? error : new Error(String(error)));
	});
	app.setPluginUi(pluginUi.port);
	await dashboard.drawn;
	engine.start();
	guard = startGuard();
	void loadValidator().then(loaded => {
		validate = loaded;
	});
	const cancelKeeping = clock.after(keepCompiledMs, keepCompiled);
	warm();
	for (const text of [
		...unknownTheme(
			settings.settings.theme,
			themes.get().map(({name}) => name),
			promisesTheme(engine.getState().plugins, settings.settings.theme),
		),
		...keymap.conflicts,
		...engine.getState().notices.map(({message}) => message),
	]) {
		store.dispatch({type: 'toast', level: 'warn', text});
	}

	const question = trustQuestion(engine.getState().plugins, recalledFolders(remembered.values));
	if (question !== undefined) {
		store.dispatch({type: 'ask', overlay: question});
	}

	process.once('exit', () => {
		terminal.restore();
		guard?.disarm();
	});
	return async () => {
		for (const stop of stops) {
			stop();
		}

		cancelKeeping();
		app.setPluginUi(undefined);
		pluginUi.close();
		store.close();
		dashboard.unmount();
		terminal.restore();
		guard?.disarm();
		await remembered.flush();
	};

	function warm(): void {
		if (store.warm(warmRows)) {
			setImmediate(warm);
		}
	}
}

function unknownTheme(name: string, known: readonly string[], isPromised: boolean): readonly string[] {
	if (isPromised || known.includes(name)) {
		return [];
	}

	const meant = nearest(name, known);
	return [`There is no theme \`${name}\`${meant === undefined ? '' : `, did you mean \`${meant}\`?`}`];
}
