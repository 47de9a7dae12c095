import assert from 'node:assert/strict';
import test from 'node:test';
import {safeLines, safeText, safeValue} from '../../../source/core/text/safe-text.ts';
import {textWidth} from '../../../source/core/text/text.ts';

test('text that harms nobody is the same string', () => {
	for (const text of ['', 'web-1', 'naïve café', '日本語', 'مرحبا', 'ключ', '⚡ 5 %', 'e\u0301']) {
		assert.equal(safeText(text), text);
	}
});

test('no control character survives, and what it was can still be seen', () => {
	assert.equal(safeText('\u001B[31mred\u0007'), '␛[31mred␇');
	assert.equal(safeText('a\tb\nc\rd'), 'a b c d');
	for (let code = 0; code < 0xa0; code++) {
		const text = safeText(String.fromCodePoint(code));
		// oxlint-disable-next-line no-control-regex
		assert.doesNotMatch(text, /[\u0000-\u001F\u007F-\u009F]/, `U+${code.toString(16)}`);
	}
});

test('characters that turn, hide or break text are replaced', () => {
	const hostile = [
		0xad, 0x3_4f, 0x6_1c, 0x11_5f, 0x11_60, 0x17_b4, 0x18_0e, 0x20_0b, 0x20_0d, 0x20_0e, 0x20_0f, 0x20_28, 0x20_29, 0x20_2a, 0x20_2e,
		0x20_60, 0x20_66, 0x20_69, 0x31_64, 0xfe_0f, 0xfe_ff, 0xff_a0, 0xff_f9, 0xff_fb, 0x1_d1_73, 0xe_00_01, 0xe_00_41, 0xe_01_00,
	];
	for (const code of hostile) {
		assert.equal(safeText(`a${String.fromCodePoint(code)}b`), 'a\uFFFDb', `U+${code.toString(16)}`);
	}
});

test('half of a surrogate pair becomes a replacement character, also where the text is cut', () => {
	assert.equal(safeText('a\uD800b'), 'a\uFFFDb');
	const long = safeText(`${'x'.repeat(4095)}😀`);
	assert.ok(long.isWellFormed());
	assert.equal(long.length, 4096);
});

test('marks stacked without end are cut to three', () => {
	assert.equal(safeText(`Z${'\u0335'.repeat(50)}!`), `Z${'\u0335'.repeat(3)}!`);
});

test('whatever comes in, a line of text goes out whose width is that of its letters', () => {
	let seed = 1;
	const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
	for (let index = 0; index < 2000; index++) {
		const text = safeText(String.fromCharCode(...Array.from({length: 8}, () => random(0x1_00_00))));
		assert.ok(text.isWellFormed());
		assert.doesNotMatch(text, /[\p{Cc}\p{Zl}\p{Zp}]/u);
		assert.ok(textWidth(text) >= 0);
	}
});

test('text of several lines keeps its lines and nothing else', () => {
	assert.equal(safeLines('one\r\ntwo\u001B[2J\nthree'), 'one\ntwo␛[2J\nthree');
});

test('every string in a value is made safe, names of fields too; the rest is as it was', () => {
	assert.deepEqual(safeValue({'a\u001B': ['\u202E', 1, null, {b: true}], c: undefined}), {
		'a␛': ['\uFFFD', 1, null, {b: true}],
		c: undefined,
	});
});

test('a field called __proto__ stays a field', () => {
	const value = safeValue(JSON.parse('{"__proto__": {"isAdmin": true}}') as Record<string, unknown>);
	assert.equal((value as {isAdmin?: boolean}).isAdmin, undefined);
	assert.ok(Object.hasOwn(value, '__proto__'));
});
