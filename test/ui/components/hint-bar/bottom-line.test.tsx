import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Text} from 'ink';
import {bottomLine} from '../../../../source/ui/components/hint-bar/bottom-line.ts';
import {paintLine} from '../../../../source/ui/components/line/line.ts';
import {createTheme} from '../../../../source/ui/theme/create-theme.ts';
import {loadThemes} from '../../../../source/ui/theme/load-themes.ts';
import {renderLines} from '../../helpers/render-lines.tsx';
import {pictureState, samplePlugin} from '../../helpers/samples.ts';
import {createTestStore, type TestStore} from '../../helpers/view-store.ts';

const theme = createTheme(loadThemes()[0]!, 3);
const columns = 100;

function bar(...keys: readonly string[]) {
	const store = createTestStore(pictureState(), {size: {columns, rows: 30}});
	store.press(...keys);
	return lineOf(store);
}

function lineOf(store: TestStore) {
	const {view, context} = store.getSnapshot();
	return renderLines(<Text>{paintLine(theme, bottomLine(view, context), columns)}</Text>, 1)
		.lines()[0]!
		.trimEnd();
}

test('the last line says what can be pressed where the focus is', () => {
	assert.match(bar(), /^ n deploy {2}a actions .*\? help +midnight$/);
	assert.match(bar('1'), / enter open {2}x disable {2}r reload /);
	assert.match(bar('space'), / 1 marked · midnight$/);
});

test('in a full-screen view it hints at the way back, and not at what does not work there', () => {
	const line = bar('!');
	assert.match(line, /^ esc back /);
	assert.doesNotMatch(line, /filter|deploy/);
});

test('it offers nothing that would do nothing', () => {
	assert.doesNotMatch(bar('1'), / e enable /);
	const off = createTestStore({...pictureState(), plugins: [samplePlugin('acme', {state: 'disabled'})]});
	off.press('1');
	assert.match(lineOf(off), / enter open {2}e enable {2}l log /);
	// Enter means something else on the screen of a plugin, and nothing but in the list of its tasks.
	assert.match(bar('1', 'd'), /^ esc back {2}\] next tab {2}x disable /);
	const idle = createTestStore({...pictureState(), operations: []});
	idle.press('ctrl+t');
	assert.doesNotMatch(lineOf(idle), / (cancel|retry|copy|describe)/);
	assert.doesNotMatch(bar('@'), / n next/);
	assert.match(bar('@', '/', 'w', 'enter'), / n next/);
});

test('a message takes the line, an invalid filter says where it is wrong', () => {
	assert.match(bar('p'), /^ ● refreshing is paused/);
	assert.match(bar('/', ...'state:runing'.split('')), /^ ✖ `runing` at 7: did you mean `running`\?/);
});
