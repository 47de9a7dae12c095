import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Text} from 'ink';
import {DrawBoundary} from '../../../../source/ui/components/pane-frame/draw-boundary.tsx';
import {drawFrame} from '../../../../source/ui/components/pane-frame/draw-frame.ts';
import {Lines} from '../../../../source/ui/components/lines.tsx';
import {createTheme} from '../../../../source/ui/theme/create-theme.ts';
import {loadThemes} from '../../../../source/ui/theme/load-themes.ts';
import {renderLines} from '../../helpers/render-lines.tsx';

const theme = createTheme(loadThemes()[0]!, 3);
const frame = {number: 3, title: 'Cost', width: 40, height: 6, isFocused: false};

test('a pane is its lines in its frame, row for row', () => {
	const {lines} = renderLines(<Lines lines={drawFrame(theme, frame, ['a'.padEnd(38)])} width={40} height={6} />, 6);
	assert.equal(lines().length, 6);
	assert.match(lines()[0]!, /^╭─ 3 Cost ─+╮$/);
	assert.match(lines()[1]!, /^│a {37}│$/);
	assert.match(lines()[5]!, /^╰─+╯$/);
});

test('what throws is said in its own frame, and drawn again when something has changed', t => {
	// React reports what it caught.
	t.mock.method(console, 'error', () => undefined);
	let isBroken = true;
	const Pane = () => {
		if (isBroken) {
			throw new Error('no such column');
		}

		return <Text>fine</Text>;
	};

	const boundary = (cause: number) => (
		<DrawBoundary frame={frame} theme={theme} causes={[cause]}>
			<Pane />
		</DrawBoundary>
	);
	const {lines, rerender} = renderLines(boundary(1), 6);
	assert.match(lines()[0]!, /3 Cost/);
	assert.match(lines()[1]!, /This could not be drawn/);
	assert.match(lines()[2]!, /no such column/);
	isBroken = false;
	rerender(boundary(1));
	assert.match(lines()[1]!, /This could not be drawn/, 'the same data is not tried again');
	rerender(boundary(2));
	assert.equal(lines()[0], 'fine');
});
