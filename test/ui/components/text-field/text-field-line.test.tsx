import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Text} from 'ink';
import {paintLine} from '../../../../source/ui/components/line/line.ts';
import {createTextField, type TextField} from '../../../../source/ui/components/text-field/text-field.ts';
import {textFieldSpans} from '../../../../source/ui/components/text-field/text-field-line.ts';
import {createTheme} from '../../../../source/ui/theme/create-theme.ts';
import {loadThemes} from '../../../../source/ui/theme/load-themes.ts';
import {renderLines} from '../../helpers/render-lines.tsx';

const theme = createTheme(loadThemes()[0]!, 3);
const draw = (field: TextField, options: {readonly isFocused?: boolean; readonly placeholder?: string} = {}) =>
	renderLines(<Text>{`[${paintLine(theme, textFieldSpans({field, width: 10, isFocused: true, ...options}), 10)}]`}</Text>, 1);

test('a field is as wide as it is, whatever is in it', () => {
	for (const value of ['', 'web', 'a-name-that-is-much-too-long', '日本語の名前がある']) {
		const [line] = draw(createTextField(value), {placeholder: 'a name'}).lines();
		assert.ok(line!.startsWith('[') && line!.endsWith(']'), value);
	}

	assert.equal(draw(createTextField('web')).lines()[0], '[web       ]');
	assert.equal(draw(createTextField(), {placeholder: 'a name'}).lines()[0], '[a name    ]');
});

test('the end of a long text is seen while it is typed, its beginning otherwise', () => {
	const long = createTextField('abcdefghijklmnop');
	assert.equal(draw(long).lines()[0], '[hijklmnop ]');
	assert.equal(draw({...long, cursor: 0}).lines()[0], '[abcdefghi…]');
	assert.equal(draw(long, {isFocused: false}).lines()[0], '[abcdefghi…]');
});

test('the cursor is on the screen even without colours', () => {
	const codes = (isFocused: boolean) => draw({value: 'web', cursor: 1}, {isFocused}).frame().replaceAll('\u001B', '␛');
	assert.match(codes(true), /␛\[7m(?:␛\[[\d;]*m)*e/, 'the letter under it is inverse');
	assert.doesNotMatch(codes(false), /␛\[7m/);
});
