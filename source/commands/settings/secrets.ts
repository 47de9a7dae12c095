import {placeText} from '../../engine/secret-place-text.ts';
import {exitCodes, type ExitCode} from '../../core/failure/error-codes.ts';
import {failure} from '../../core/failure/failure.ts';
import {askHidden} from '../../platform/hidden-prompt.ts';
import {readStdin} from '../../platform/read-stdin.ts';
import {type Verb, type VerbContext} from '../shared/verb.ts';

const limit = 70_000;

export const secrets: Verb = {
	name: 'secrets',
	usage: 'set PLUGIN NAME [--stdin]\nlist\ndelete PLUGIN NAME\nPLUGIN NAME',
	short: 'credentials of plugins: set, list, delete',
	minimum: 1,
	// One more than it takes is most likely the secret itself, which no message may repeat.
	maximum: 9,
	flags: {stdin: {type: 'boolean', short: 'read the value from the standard input, also on a terminal'}},
	examples: ['cws secrets set hetzner token', 'cws secrets set gcp service-account < key.json', 'cws secrets list'],
	async run(context) {
		const {input, print} = context;
		const [action] = input;
		if (action === 'list' && input.length === 1) {
			return list(context);
		}

		// The older order has no word for setting: no plugin may be called as one of these.
		const isNamed = action === 'set' || action === 'delete';
		const [plugin, name, ...more] = isNamed ? input.slice(1) : input;
		if (plugin === undefined || name === undefined || more.length > 0 || action === 'list') {
			return print.failure(
				failure('CWS_USAGE', {
					message: more.length > 0 ? '`cws secrets` does not take the value as an argument.' : '`cws secrets` needs a plugin and a name.',
					...(more.length > 0 && {cause: 'other users and the history of the shell would see it there'}),
					fix: 'cws secrets set PLUGIN NAME, which asks for the value, or reads it from a pipe',
				}),
			);
		}

		return action === 'delete' ? remove(context, plugin, name) : set(context, plugin, name);
	},
};

async function set(context: VerbContext, plugin: string, name: string): Promise<ExitCode> {
	const {print, signal} = context;
	const {engine} = await context.app();
	await engine.load();
	// Before a person pastes a secret for nothing.
	const asked = engine.findSecret(plugin, name);
	if (!asked.ok) {
		return print.failure(asked.error);
	}

	const value = await readValue(context, `${asked.value.title ?? name} of ${plugin} (not shown): `);
	if (value === undefined) {
		return signal.aborted || context.isInteractive
			? print.failure(failure('CWS_CANCELLED', {message: 'Nothing was set.'}))
			: print.failure(
					failure('CWS_INVALID_INPUT', {message: 'The standard input is longer than any secret.', fix: 'give the secret alone'}),
				);
	}

	const outcome = await engine.run('setSecret', {plugin, name, value}, {origin: 'cli', signal});
	if (!outcome.ok) {
		return print.failure(outcome.error);
	}

	if (print.isJson) {
		print.json(outcome.value);
	} else {
		print.line(`${plugin} ${outcome.value.name} is set, ${placeText(outcome.value)}`);
	}

	return exitCodes.done;
}

async function readValue({flags, isInteractive, signal}: VerbContext, question: string): Promise<string | undefined> {
	const value = isInteractive && flags.stdin !== true ? await askHidden(question, signal) : await readStdin(limit);
	// `echo` ends its line; a file of several lines stays as it is.
	return value === undefined || value.trimEnd().includes('\n') ? value : value.replace(/[\r\n]+$/, '');
}

async function remove({app, print, signal}: VerbContext, plugin: string, name: string): Promise<ExitCode> {
	const {engine} = await app();
	await engine.load();
	const outcome = await engine.run('deleteSecret', {plugin, name}, {origin: 'cli', signal});
	if (!outcome.ok) {
		return print.failure(outcome.error);
	}

	if (print.isJson) {
		print.json({plugin, name, status: 'deleted'});
	} else {
		print.line(`${plugin} ${name} is deleted`);
	}

	return exitCodes.done;
}

async function list({app, print}: VerbContext): Promise<ExitCode> {
	const {engine} = await app();
	await engine.load();
	const rows = await engine.readSecrets();
	if (!rows.ok) {
		return print.failure(rows.error);
	}

	if (print.isJson) {
		print.json({secrets: rows.value});
	} else if (rows.value.length === 0) {
		print.line('No plugin asks for a secret, and none is kept.');
	} else {
		print.table(rows.value, [
			{title: 'PLUGIN', value: row => row.plugin},
			{title: 'NAME', value: row => row.name},
			{title: 'KEPT', value: row => placeText(row)},
			{title: 'FOR', value: row => (row.isAsked ? (row.title ?? '') : 'no plugin asks for it'), canShrink: true},
		]);
	}

	return exitCodes.done;
}
