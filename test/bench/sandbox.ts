import {execFile} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {type Bench} from './bench.ts';
import {bundlePlugin} from './sandbox/bundle-plugin.ts';
import {type MeasureName, type Measures} from './sandbox/measures.ts';
import {median, p95, quantile} from './support/stats.ts';

const script = fileURLToPath(new URL('sandbox/measure.ts', import.meta.url));
const bootstrap = fileURLToPath(new URL('../../dist/workers/sandbox.js', import.meta.url));
/** What it takes when nothing else is in the way: other work on the machine only adds. */
const undisturbed = (times: readonly number[]): number => quantile(times, 0.25);
const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

/** What it costs that a plugin from outside runs in the sandbox. */
export const sandbox: Bench = {
	name: 'sandbox',
	async run() {
		const folder = mkdtempSync(path.join(tmpdir(), 'cws-bench-sandbox-'));
		const plugin = path.join(folder, 'plugin.js');
		const code = await bundlePlugin();
		writeFileSync(plugin, code);
		const measure = async <Name extends MeasureName>(name: Name): Promise<Measures[Name]> => {
			const {stdout} = await promisify(execFile)(process.execPath, ['--no-warnings', script, name, bootstrap, plugin]);
			return JSON.parse(stdout) as Measures[Name];
		};

		try {
			const start = await measure('start');
			const call = await measure('call');
			const stream = await measure('stream');
			const idle = await measure('idle');
			const reload = await measure('reload');
			const kilobytes = Math.round(code.length / 1000);
			return [
				{
					name: `sandbox, start with a plugin of ${kilobytes} KB`,
					value: undisturbed(start.sandbox),
					unit: 'ms',
					limit: 2 * undisturbed(start.empty) + 40,
					beside: `twice an empty thread (${ms(undisturbed(start.empty))}) + 40 ms; median ${ms(median(start.sandbox))}, in a process ${ms(undisturbed(start.child))}`,
				},
				{
					name: 'sandbox, call, median',
					value: 1000 * median(call.sandbox),
					unit: 'µs',
					limit: 500,
					beside: `p95 ${(1000 * p95(call.sandbox)).toFixed(0)} µs; in a process ${(1000 * median(call.child)).toFixed(0)} µs`,
				},
				{
					name: 'sandbox, call beside gRPC',
					value: median(call.sandbox) / median(call.grpc),
					unit: '×',
					limit: 0.5,
					beside: `gRPC over a unix socket ${(1000 * median(call.grpc)).toFixed(0)} µs`,
				},
				{
					name: 'sandbox, longest gap while 10,000 rows come',
					value: median(stream.gaps),
					unit: 'ms',
					limit: 30,
					beside: `worst of ${stream.gaps.length} lists ${ms(Math.max(...stream.gaps))}; a list takes ${ms(median(stream.totals))}`,
				},
				{
					name: 'sandbox, memory of 50 idle ones',
					value: idle.megabytes,
					unit: 'MB',
					limit: 1200,
					beside: `${((idle.megabytes - idle.before) / 50).toFixed(1)} MB each`,
				},
				{
					name: 'sandbox, reload in place',
					value: median(reload.took),
					unit: 'ms',
					limit: 500,
					beside: `p95 ${ms(p95(reload.took))}, with calls all the time`,
				},
				{
					name: 'sandbox, calls dropped by reloads',
					value: reload.dropped,
					unit: 'calls',
					limit: 0,
					beside: `of ${reload.calls} during ${reload.took.length} reloads`,
				},
				{
					name: `sandbox, growth over ${reload.took.length} reloads`,
					value: Math.max(0, reload.after - reload.before),
					unit: 'MB',
					limit: 40,
					beside: `${reload.before.toFixed(0)} → ${reload.after.toFixed(0)} MB`,
				},
			];
		} finally {
			rmSync(folder, {recursive: true, force: true});
		}
	},
};
