import {type LogRecord} from '../../core/plugin.ts';
import {type Engine} from '../../engine/engine.ts';

/** Says what plugins log as it comes, for `--verbose`. */
export function printLogs(engine: Engine, note: (text: string) => void): void {
	let newest: LogRecord | undefined;
	engine.subscribe(() => {
		const {logs} = engine.getState();
		const known = newest === undefined ? -1 : logs.indexOf(newest);
		for (const {plugin, level, message} of logs.slice(0, known === -1 ? undefined : known).toReversed()) {
			note(`${plugin} ${level}: ${message}`);
		}

		newest = logs[0];
	});
}
