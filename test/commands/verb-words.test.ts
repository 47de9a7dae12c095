import assert from 'node:assert/strict';
import {test} from 'node:test';
import {globalFlagNames, verbAliases, verbWords} from '../../source/core/verb-words.ts';
import {globalFlags} from '../../source/commands/parse-arguments.ts';
import {verbLoaders} from '../../source/commands/verbs.ts';

test('the words no plugin may take are those of the verbs', async () => {
	const {help: _, ...known} = verbWords;
	assert.deepEqual(new Set(Object.keys(verbLoaders)), new Set(Object.keys(known)));
	for (const [name, load] of Object.entries(verbLoaders)) {
		const {usage, aliases = []} = await load();
		const firsts = usage.split('\n').map(line => line.split(' ')[0] ?? '');
		const words = firsts.filter(first => /^[a-z]/.test(first));
		const takesName = firsts.some(first => /^(?:[A-Z<]|\[[^-])/.test(first));
		const {words: kept = [], takesName: isNamed = false} = verbWords[name] ?? {};
		assert.equal(isNamed, takesName, `${name}: ${usage}`);
		assert.deepEqual(isNamed ? [] : words.filter(word => !kept.includes(word)), [], name);
		assert.deepEqual(
			aliases.filter(alias => verbAliases[alias] !== name),
			[],
			name,
		);
	}
});

test('the flags no plugin may take are those of every verb', () => {
	assert.deepEqual([...globalFlagNames], Object.keys(globalFlags));
});
