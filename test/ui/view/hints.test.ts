import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isDeepStrictEqual} from 'node:util';
import {bottomLine} from '../../../source/ui/components/hint-bar/bottom-line.ts';
import {lineText} from '../../../source/ui/components/line/line.ts';
import {pictureState, sampleOperation, samplePlugin} from '../helpers/samples.ts';
import {createTestStore} from '../helpers/view-store.ts';

const engine = {
	...pictureState(),
	plugins: [
		...pictureState().plugins,
		samplePlugin('zeta', {tasks: [{name: 'report', state: 'waiting', runs: 0, failures: 0, everySeconds: 60}]} as never),
	],
	operations: [sampleOperation({id: 'op-9', state: 'failed'})],
};

/** The way to each place with a hint bar of its own. */
const places: Readonly<Record<string, readonly string[]>> = {
	plugins: ['1'],
	resources: ['2'],
	cost: ['3'],
	activity: ['4'],
	'the activity of tasks': ['4', ']'],
	describe: ['2', 'd'],
	yaml: ['2', 'y'],
	logs: ['2', 'l'],
	'a plugin': ['1', 'd'],
	'the tasks of a plugin': ['1', 'G', 'd', '[', '['],
	'the cost view': ['$'],
	errors: ['!'],
	audit: ['@'],
	tasks: ['ctrl+t'],
};

const wide = {columns: 400, rows: 40};

function at(keys: readonly string[]) {
	const store = createTestStore(engine, {size: wide});
	for (const key of keys) {
		store.press(key);
	}

	return store;
}

/** `n deploy  a actions  …` as pairs; the hints are two blanks apart. */
const hintsOf = (line: string): readonly (readonly [key: string, word: string])[] =>
	line
		.trim()
		.split(/ {2,}/)
		.flatMap(hint => {
			const [key = '', ...words] = hint.split(' ');
			return words.length === 0 ? [] : [[key, words.join(' ')] as const];
		});

for (const [name, keys] of Object.entries(places)) {
	test(`in ${name} every key that is offered does something`, () => {
		const first = at(keys);
		const {view, context} = first.getSnapshot();
		const hints = hintsOf(lineText(bottomLine(view, context)));
		assert.ok(hints.length >= 3, name);
		for (const [key, word] of hints) {
			const store = at(keys);
			const before = store.getSnapshot().view;
			const effects = store.press(key);
			const after = store.getSnapshot().view;
			const said = after.toasts.map(({text}) => text).join(' · ');
			assert.ok(effects.length > 0 || !isDeepStrictEqual(after, before), `${key} ${word} does nothing`);
			assert.ok(!after.toasts.some(({level}) => level === 'warn'), `${key} ${word} only says: ${said}`);
		}
	});
}
