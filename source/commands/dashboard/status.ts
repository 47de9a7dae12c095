import {exitCodes, type ExitCode} from '../../core/failure/error-codes.ts';
import {fixOf} from '../../core/failure/failure.ts';
import {formatTotalInWords} from '../../core/money/format-money.ts';
import {createApp} from '../../app/create-app.ts';
import {burnTotal} from '../../engine/selectors/burn.ts';
import {countResources} from '../../engine/selectors/counts.ts';
import {createPrinter} from '../shared/printer.ts';

type StatusOptions = {
	readonly configFile?: string | undefined;
	readonly pluginDirs?: readonly string[];
	readonly pluginConfig?: readonly string[];
};

/** `cws` without a terminal: one screen of plain text. */
export async function printStatus({configFile, pluginDirs, pluginConfig}: StatusOptions = {}): Promise<ExitCode> {
	process.stdout.on('error', () => {
		process.exit(exitCodes.done);
	});
	const print = createPrinter({stdout: process.stdout, stderr: process.stderr, isJson: false, isQuiet: false});
	const app = createApp({
		environment: process.env,
		cwd: process.cwd(),
		isBrief: true,
		...(configFile !== undefined && {configFile}),
		pluginDirs,
		pluginConfig,
	});
	try {
		await app.engine.load();
		await app.engine.refreshOnce();
		const state = app.engine.getState();
		const counts = countResources(state);
		const burn = burnTotal(state);
		print.line(
			`cws · ${counts.resources} ${counts.resources === 1 ? 'resource' : 'resources'} · ${counts.running} running · ${counts.needAttention} need attention`,
		);
		print.line(
			`now ${burn.amounts.length === 0 ? formatTotalInWords(burn) : `${formatTotalInWords(burn, 4)}/h`} · today ${formatTotalInWords(state.spend.today)} · month ${formatTotalInWords(state.spend.monthToDate)}`,
		);
		for (const source of state.sources) {
			print.line(
				`${source.key.padEnd(24)} ${source.phase.padEnd(8)} ${source.resources.length}${source.error ? `  ${source.error.message}` : ''}`,
			);
		}

		for (const notice of state.notices) {
			print.line(`warning ${notice.code}: ${notice.message}`);
			print.line(`try: ${fixOf(notice)}`);
		}

		return exitCodes.done;
	} finally {
		await app.close();
	}
}
