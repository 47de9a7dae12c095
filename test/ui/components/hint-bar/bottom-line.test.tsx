import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Text} from 'ink';
import {bottomLine} from '../../../../source/ui/components/hint-bar/bottom-line.ts';
import {paintLine} from '../../../../source/ui/components/line/line.ts';
import {createTheme} from '../../../../source/ui/theme/create-theme.ts';
import {loadThemes} from '../../../../source/ui/theme/load-themes.ts';
import {renderLines} from '../../helpers/render-lines.tsx';
import {pictureState} from '../../helpers/samples.ts';
import {createTestStore} from '../../helpers/view-store.ts';

const theme = createTheme(loadThemes()[0]!, 3);
const columns = 100;

function bar(...keys: readonly string[]) {
	const store = createTestStore(pictureState(), {size: {columns, rows: 30}});
	store.press(...keys);
	const {view, context} = store.getSnapshot();
	return renderLines(<Text>{paintLine(theme, bottomLine(view, context), columns)}</Text>, 1)
		.lines()[0]!
		.trimEnd();
}

test('the last line says what can be pressed where the focus is', () => {
	assert.match(bar(), /^ n deploy {2}a actions .*\? help +midnight$/);
	assert.match(bar('1'), / e enable {2}x disable /);
	assert.match(bar('space'), / 1 marked · midnight$/);
});

test('in a full-screen view it hints at the way back, and not at what does not work there', () => {
	const line = bar('!');
	assert.match(line, /^ esc back /);
	assert.doesNotMatch(line, /filter|deploy/);
});

test('a message takes the line, an invalid filter says where it is wrong', () => {
	assert.match(bar('p'), /^ ● refreshing is paused/);
	assert.match(bar('/', ...'state:runing'.split('')), /^ ✖ `runing` at 7: did you mean `running`\?/);
});
