import assert from 'node:assert/strict';
import {test} from 'node:test';
import {pluginActions} from '../../../source/commands/plugins/plugin-actions.ts';
import {plugin} from '../../../source/commands/plugins/plugin.ts';
import {createPrinter} from '../../../source/commands/shared/printer.ts';

/** What `cws plugin …` says when it refuses; nothing it refuses may build the application. */
async function refused(input: readonly string[], flags: Readonly<Record<string, unknown>> = {}) {
	let said = '';
	const stream = {
		write(text: string) {
			said += text;
		},
	};
	const code = await plugin.run({
		input,
		rest: [],
		flags,
		print: createPrinter({stdout: stream, stderr: stream, isJson: false, isQuiet: false}),
		app: () => assert.fail('the application was built'),
		signal: new AbortController().signal,
		isInteractive: false,
	});
	return {code, said};
}

test('a word that is no action of `cws plugin` is refused with the nearest one', async () => {
	const {code, said} = await refused(['lst']);
	assert.equal(code, 2);
	assert.match(said, /`lst` is nothing `cws plugin` does/);
	assert.match(said, /try: cws plugin list/);
});

test('an action that needs an id says so, and one argument too many is named', async () => {
	assert.match((await refused(['status'])).said, /`cws plugin status` needs the id of a plugin/);
	const {code, said} = await refused(['enable', 'local', 'mock']);
	assert.equal(code, 2);
	assert.match(said, /`mock` is one argument too many.\ntry: cws plugin enable ID/);
});

test('every action stands in the help, and no two share a name', () => {
	const names = pluginActions.map(({name}) => name);
	assert.equal(new Set(names).size, names.length);
	assert.deepEqual(
		plugin.usage.split('\n').map(line => line.split(' ')[0]),
		names,
	);
	for (const {name, usage, minimum, maximum} of pluginActions) {
		const words = usage.split(' ').filter(word => /^\[?[A-Z<]/.test(word));
		assert.ok(minimum <= maximum && words.length >= minimum, name);
	}
});
