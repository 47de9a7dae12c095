import {type Installed} from './install-copy.ts';
import {startProbe, type Probe} from './probe.ts';

const resources = 100_000;
const loadMs = 90_000;

/** The demo with 100,000 resources; `onStart` may press keys while they arrive, the work begins when all are there. */
export async function withDemo<Result>(
	installed: Installed,
	name: string,
	{onStart, work}: {readonly onStart?: (probe: Probe) => Promise<void>; readonly work: (probe: Probe) => Promise<Result>},
): Promise<Result> {
	const probe = startProbe({
		command: process.execPath,
		args: [installed.bin, 'demo', '--resources', String(resources), '--seed', '7'],
		env: {CWS_HOME: installed.home(name)},
	});
	try {
		await probe.until(screen => /[\d,]+ resources · /.test(screen), 'the first resources');
		await onStart?.(probe);
		// The provider has a few more or less by the time it is asked.
		await probe.until(screen => listedRows(screen).total > resources * 0.99, 'all resources', loadMs);
		await probe.until(screen => !screen.includes('refreshing'), 'the end of the refresh', loadMs);
		return await work(probe);
	} finally {
		await probe.close();
	}
}

/** What the title of the resources pane says: how many are listed, of how many. */
export function listedRows(screen: string): {readonly shown: number; readonly total: number} {
	const [, shown = '0', total = '0'] = /([\d,]+) of ([\d,]+)/.exec(screen.slice(screen.indexOf('2 Resources'))) ?? [];
	return {shown: count(shown), total: count(total)};
}

const count = (text: string): number => Number(text.replaceAll(',', ''));
