import {type PluginContext} from 'cws/sdk';
import {type Script} from './script.ts';

const shortestMs = 50;

/** Lets the script go on in real time; returns its end. Fast scripts take several steps at once. */
export function startScript(
	{step}: Script,
	{perSecond, log}: {readonly perSecond: number; readonly log: PluginContext['log']},
): () => void {
	if (perSecond <= 0) {
		return () => {};
	}

	const everyMs = Math.max(shortestMs, 1000 / perSecond);
	let due = 0;
	const timer = setInterval(() => {
		for (due += (everyMs * perSecond) / 1000; due >= 1; due--) {
			const happened = step();
			if (happened !== undefined) {
				log.info(happened);
			}
		}
	}, everyMs);
	timer.unref();
	return () => clearInterval(timer);
}
