import {resolve} from 'node:path';
import {exitCodes} from '../../../core/failure/error-codes.ts';
import {formatFailure} from '../../../core/failure/failure.ts';
import {type TraceLine} from '../../../host/transport/trace-transport.ts';
import {confirm} from '../../../platform/prompt.ts';
import {listFlag, stringFlag} from '../../shared/verb.ts';
import {type PluginAction} from '../action.ts';
import {consentLines} from './grant.ts';

export const dev: PluginAction = {
	name: 'dev',
	usage: '[PATH] [--grant-all]',
	minimum: 0,
	maximum: 1,
	flags: {grantAll: {type: 'boolean', short: 'allow a plugin under development everything it asks for, after every change'}},
	async run({print, input, flags, signal, isInteractive}) {
		const {startPluginDev} = await import('../../../app/plugin-dev/start-plugin-dev.ts');
		const isGranted = flags['grantAll'] === true;
		if (isGranted) {
			print.note('Everything this plugin asks for is allowed, now and after every change.');
		}

		const started = await startPluginDev({
			folder: resolve(input[0] ?? '.'),
			environment: process.env,
			...(stringFlag(flags, 'config') !== undefined && {configFile: stringFlag(flags, 'config')!}),
			pluginConfig: listFlag(flags, 'pluginConfig'),
			events: {
				onTrace(line) {
					if (print.isJson) {
						print.line(JSON.stringify(line));
					} else {
						print.line(traceLine(line));
					}
				},
				onReloaded: ({id, generation, manifest}, ms) =>
					print.note(`${id} ${manifest.version} is in service, generation ${generation}, after ${Math.round(ms)} ms`),
				onFailed: error => print.note(`${formatFailure(error)}\nwhat ran before goes on; save again when it is mended`),
				async onConsent(record) {
					if (isGranted || record.consent === undefined) {
						return isGranted;
					}

					consentLines(record, record.consent).forEach(line => print.note(line));
					return isInteractive && confirm(`Allow this to ${record.id}?`, signal);
				},
			},
		});
		if (!started.ok) {
			return print.failure(started.error);
		}

		print.note(`watching ${resolve(input[0] ?? '.')}; ctrl+c ends`);
		if (!signal.aborted) {
			const {promise, resolve: end} = Promise.withResolvers<void>();
			signal.addEventListener('abort', () => end(), {once: true});
			await promise;
		}

		await started.value.close();
		return exitCodes.done;
	},
};

const arrows: Readonly<Record<TraceLine['direction'], Readonly<Record<TraceLine['phase'], string>>>> = {
	in: {ask: '→', answer: '←', fail: '✗'},
	out: {ask: '  ⇠', answer: '  ⇢', fail: '  ✗'},
};

/** `→ provider.list {"provider":"acme"}`, indented for what the plugin asks of cws meanwhile. */
export function traceLine({direction, phase, method, text, ms}: TraceLine): string {
	return `${arrows[direction][phase]} ${method} ${text}${ms === undefined ? '' : ` (${ms} ms)`}`.replaceAll(/ +(?=\(|$)/g, ' ').trimEnd();
}
