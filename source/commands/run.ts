import {exitCodes, type ExitCode} from '../core/failure/error-codes.ts';
import {toFailure} from '../core/failure/failure.ts';
import {type App, createApp} from '../app/create-app.ts';
import {dashboard} from './dashboard/dashboard.ts';
import {createPrinter} from './shared/printer.ts';
import {printLogs} from './shared/print-logs.ts';
import {findVerb} from './find-verb.ts';
import {parseArguments} from './parse-arguments.ts';
import {type Flags, listFlag, stringFlag, type Verb} from './shared/verb.ts';
import {verbAliases} from '../core/verb-words.ts';

/** Runs one verb of the command line and gives its exit code. Nothing it calls may end the process. */
export async function runVerb(argv: readonly string[]): Promise<ExitCode> {
	const [word = 'help', ...rest] = argv;
	const isJson = argv.includes('--json');
	const {stdout} = process;
	// Most verbs need neither, and making each takes milliseconds.
	const stderr = {write: (text: string) => process.stderr.write(text)};
	// A reader like `head` that has seen enough is no error.
	stdout.on('error', (error: NodeJS.ErrnoException) => {
		process.exit(error.code === 'EPIPE' ? exitCodes.done : exitCodes.failed);
	});
	const early = createPrinter({stdout, stderr, isJson, isQuiet: false});
	if (word === 'help' || word === '--help' || word === '-h') {
		const {renderHelp} = await import('./help.ts');
		const {pluginsFor} = await import('./plugin-commands/find-verb.ts');
		early.line(await renderHelp(pluginsFor(argv)));
		return exitCodes.done;
	}

	const isDashboard = word.startsWith('-');
	const name = verbAliases[word] ?? word;
	const found = isDashboard ? {verb: dashboard, rest: argv} : await findVerb(name, [name, ...rest]);
	if ('error' in found) {
		return early.failure(found.error);
	}

	const {verb} = found;
	const parsed = await parseArguments(verb, found.rest);
	if (!parsed.ok) {
		return early.failure(parsed.error);
	}

	const {flags, input, rest: behind} = parsed.value;
	if (flags.help) {
		const {renderVerbHelp} = await import('./help.ts');
		early.line(renderVerbHelp(verb));
		return exitCodes.done;
	}

	const print = createPrinter({stdout, stderr, isJson: flags.json === true, isQuiet: flags.quiet === true});
	const abort = new AbortController();
	const onInterrupt = () => {
		abort.abort();
	};

	// A plugin in this thread could keep it from being heard.
	if (verb.isLook !== true) {
		process.on('SIGINT', onInterrupt);
		process.on('SIGTERM', onInterrupt);
	}

	let app: App | undefined;
	try {
		const code = await verb.run({
			input,
			rest: behind,
			flags,
			print,
			signal: abort.signal,
			get isInteractive() {
				return process.stdin.isTTY && process.stderr.isTTY && !isJson;
			},
			async app() {
				if (app === undefined) {
					app = createApp({
						environment: process.env,
						cwd: process.cwd(),
						isBrief: verb.isLook === true,
						configFile: stringFlag(flags, 'config'),
						pluginDirs: listFlag(flags, 'pluginDir'),
						pluginConfig: [...listFlag(flags, 'pluginConfig'), ...optionsOf(verb, flags)],
					});
					if (flags.verbose === true) {
						printLogs(app.engine, print.note);
					}
				}

				return app;
			},
		});
		// The doctor lists them itself.
		if (app !== undefined && app.engine.getState().phase !== 'starting' && name !== 'doctor') {
			print.warnings(app.engine.getState().notices);
		}

		return code;
	} catch (error) {
		return print.failure(toFailure(error));
	} finally {
		process.off('SIGINT', onInterrupt);
		process.off('SIGTERM', onInterrupt);
		await app?.close();
	}
}

/** What was given to flags that plugins add, as options of those plugins. */
const optionsOf = ({pluginFlags = {}}: Verb, flags: Flags): readonly string[] =>
	Object.entries(pluginFlags).flatMap(([name, {plugin, option}]) => {
		const values = ([flags[name]].flat() as readonly (string | number | boolean | undefined)[]).filter(value => value !== undefined);
		return values.length === 0 ? [] : [`${plugin}.${option}=${values.map(String).join(',')}`];
	});
