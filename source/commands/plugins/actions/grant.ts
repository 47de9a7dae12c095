import {exitCodes} from '../../../core/failure/error-codes.ts';
import {failure} from '../../../core/failure/failure.ts';
import {type Consent} from '../../../core/plugin-parts.ts';
import {type PluginRecord} from '../../../core/plugin.ts';
import {safeText} from '../../../core/text/safe-text.ts';
import {confirm} from '../../../platform/prompt.ts';
import {findRecord, loadedEngine, noPlugin, type PluginAction} from '../action.ts';

export const grant: PluginAction = {
	name: 'grant',
	usage: 'ID [--yes]',
	minimum: 1,
	maximum: 1,
	flags: {yes: {type: 'boolean', alias: 'y', short: 'allow what it asks for without a question'}},
	async run(context) {
		const {print, input, flags, signal, isInteractive} = context;
		const id = input[0]!;
		const engine = await loadedEngine(context);
		if (findRecord(engine, id) === undefined) {
			return print.failure(noPlugin(id));
		}

		// What it asks for is known when it is about to start.
		const loaded = await engine.run('loadPlugin', {plugin: id}, {origin: 'cli', signal});
		const record = findRecord(engine, id)!;
		const {consent} = record;
		if (consent === undefined) {
			if (!loaded.ok) {
				return print.failure(loaded.error);
			}

			print.line(`${id} asks for nothing that is not allowed yet`);
			return exitCodes.done;
		}

		if (flags['yes'] !== true) {
			consentLines(record, consent).forEach(line => print.note(line));
			if (!isInteractive) {
				return print.failure(
					failure('CWS_PLUGIN_CONSENT', {
						message: `\`${id}\` got nothing: nobody allowed it.`,
						fix: `cws plugin grant ${id} --yes`,
					}),
				);
			}

			if (!(await confirm(`Allow this to ${id}?`, signal))) {
				return print.failure(failure('CWS_CANCELLED', {message: 'Nothing was allowed.'}));
			}
		}

		const granted = await engine.run('grantPlugin', {plugin: id, needed: consent.needed}, {origin: 'cli', signal});
		if (!granted.ok) {
			return print.failure(granted.error);
		}

		if (print.isJson) {
			print.json(granted.value);
		} else {
			print.line(`${id} may do what it asked for and is ${granted.value.state}`);
		}

		return exitCodes.done;
	},
};

/** Every permission with its reason, the dangerous first. */
export function consentLines(
	{manifest, origin, badge}: Pick<PluginRecord, 'manifest' | 'origin' | 'badge'>,
	{needed, isUpdate}: Consent,
): readonly string[] {
	const {title, id, version} = manifest;
	return [
		`${safeText(title)} (${id} ${version}, ${origin}${badge === undefined ? '' : `, ${badge}`}) asks for${isUpdate ? ' what is new in this version' : ''}:`,
		...(needed.length === 0 ? ['  nothing but to run in the sandbox'] : []),
		...needed.flatMap(({title: what, reason, risk}) => [
			`  ${risk === 'high' ? '!' : '-'} ${safeText(what)}`,
			...(reason === '' ? [] : [`      ${safeText(reason)}`]),
		]),
	];
}
