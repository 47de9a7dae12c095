import assert from 'node:assert/strict';
import {test} from 'node:test';
import {colorLevel} from '../../../source/platform/terminal/color-level.ts';

test('a terminal gets the colours it names', () => {
	const level = (environment: Readonly<Record<string, string>>) => colorLevel(environment, true);
	assert.equal(level({TERM: 'xterm-256color', COLORTERM: 'truecolor'}), 3);
	assert.equal(level({TERM: 'xterm', COLORTERM: '24bit'}), 3);
	assert.equal(level({TERM: 'xterm-kitty'}), 3);
	assert.equal(level({TERM: 'xterm-direct'}), 3);
	assert.equal(level({TERM: 'xterm-256color', TERM_PROGRAM: 'iTerm.app'}), 3);
	assert.equal(level({TERM: 'screen-256color', TERM_PROGRAM: 'iTerm.app'}), 2);
	assert.equal(level({TERM: 'xterm-256color', TERM_PROGRAM: 'Apple_Terminal'}), 2);
	assert.equal(level({TERM: 'tmux-256color'}), 2);
	assert.equal(level({TERM: 'linux'}), 1);
	assert.equal(level({TERM: 'vt100'}), 1);
	assert.equal(level({}), 0);
});

test('NO_COLOR, a dumb terminal, a pipe and the flag switch colour off', () => {
	const full = {TERM: 'xterm-256color', COLORTERM: 'truecolor'};
	assert.equal(colorLevel({...full, NO_COLOR: '1'}, true), 0);
	assert.equal(colorLevel({...full, NO_COLOR: ''}, true), 3);
	assert.equal(colorLevel({...full, TERM: 'dumb'}, true), 0);
	assert.equal(colorLevel(full, false), 0);
	assert.equal(colorLevel({...full, FORCE_COLOR: '3'}, true, true), 0);
});

test('FORCE_COLOR names a level or asks for the best one, also on a pipe and against NO_COLOR', () => {
	assert.equal(colorLevel({FORCE_COLOR: '2', NO_COLOR: '1'}, false), 2);
	assert.equal(colorLevel({FORCE_COLOR: '7'}, false), 3);
	assert.equal(colorLevel({FORCE_COLOR: '0', COLORTERM: 'truecolor'}, true), 0);
	assert.equal(colorLevel({FORCE_COLOR: 'false', COLORTERM: 'truecolor'}, true), 0);
	assert.equal(colorLevel({FORCE_COLOR: ''}, false), 1);
	assert.equal(colorLevel({FORCE_COLOR: 'true', TERM: 'xterm-256color'}, false), 2);
});
