import assert from 'node:assert/strict';
import {test} from 'node:test';
import {renderHelp, renderVerbHelp} from '../../source/commands/help.ts';
import {verbLoaders} from '../../source/commands/verbs.ts';
import {verbAliases} from '../../source/core/verb-words.ts';

test('the help has every verb and every exit code', async () => {
	const help = await renderHelp();
	for (const name of Object.keys(verbLoaders)) {
		assert.match(help, new RegExp(`^  ${name} +\\S`, 'm'));
	}

	assert.match(help, /0 done, 1 failed, 2 wrong usage, 3 not found, 4 denied, 5 provider unavailable, 130 cancelled/);
});

test('every verb explains its usage and each of its flags', async () => {
	for (const [name, load] of Object.entries(verbLoaders)) {
		const verb = await load();
		assert.equal(verb.name, name);
		const help = renderVerbHelp(verb);
		assert.match(help, new RegExp(`^  cws ${name}`, 'm'));
		for (const [flag, {short}] of Object.entries(verb.flags ?? {})) {
			const kebab = flag.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
			assert.match(help, new RegExp(`--${kebab}\\b`), `${name} --${kebab}`);
			assert.ok(help.includes(short), `${name} --${kebab}`);
		}

		assert.ok(
			help.split('\n').every(line => line.length <= 120),
			name,
		);
	}
});

test('an alias means a verb that there is', () => {
	for (const [alias, name] of Object.entries(verbAliases)) {
		assert.ok(Object.hasOwn(verbLoaders, name) && !Object.hasOwn(verbLoaders, alias));
	}
});
