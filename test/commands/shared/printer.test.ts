import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createPrinter} from '../../../source/commands/shared/printer.ts';
import {failure} from '../../../source/core/failure/failure.ts';

function printerForTest({isJson = false, isQuiet = false, columns}: {isJson?: boolean; isQuiet?: boolean; columns?: number} = {}) {
	const written = {stdout: '', stderr: ''};
	const print = createPrinter({
		stdout: {write: text => (written.stdout += text), isTTY: columns !== undefined, columns},
		stderr: {write: text => (written.stderr += text)},
		isJson,
		isQuiet,
	});
	return {print, written};
}

const problem = failure('CWS_NOT_FOUND', {message: 'No resource `x`.', cause: 'nobody made it'});

test('a failure is three lines on stderr and the exit code of its code', () => {
	const {print, written} = printerForTest();
	assert.equal(print.failure(problem), 3);
	assert.deepEqual(written, {stdout: '', stderr: 'error CWS_NOT_FOUND: No resource `x`.\ncause: nobody made it\ntry: See `cws list`.\n'});
});

test('with --json it is an object on stdout with the same fix', () => {
	const {print, written} = printerForTest({isJson: true});
	assert.equal(print.failure(problem), 3);
	assert.equal(written.stderr, '');
	assert.deepEqual(JSON.parse(written.stdout), {error: {...problem, fix: 'See `cws list`.'}});
});

test('notes and warnings are on stderr, and quiet leaves them out but no failure', () => {
	const loud = printerForTest();
	loud.print.note('half way');
	loud.print.warnings([problem, failure('CWS_NOT_FOUND', {message: 'No resource `y`.'})]);
	assert.equal(
		loud.written.stderr,
		'half way\nwarning CWS_NOT_FOUND: No resource `x`.\nwarning CWS_NOT_FOUND: No resource `y`.\ntry: See `cws list`.\n',
	);
	const quiet = printerForTest({isQuiet: true});
	quiet.print.note('half way');
	quiet.print.warnings([problem]);
	assert.equal(quiet.written.stderr, '');
	quiet.print.failure(problem);
	assert.match(quiet.written.stderr, /^error/);
});

test('maps and sets are printed as JSON has them', () => {
	const {print, written} = printerForTest({isJson: true});
	print.json({map: new Map([['a', 1]]), set: new Set(['b'])});
	assert.deepEqual(JSON.parse(written.stdout), {map: {a: 1}, set: ['b']});
});

test('a table is cut to the terminal and never in a pipe', () => {
	const row = {name: 'x'.repeat(50)};
	const columns = [{title: 'NAME', value: ({name}: typeof row) => name, canShrink: true}];
	const terminal = printerForTest({columns: 20});
	terminal.print.table([row], columns);
	assert.ok(terminal.written.stdout.split('\n').every(line => line.length <= 20));
	const pipe = printerForTest();
	pipe.print.table([row], columns);
	assert.ok(pipe.written.stdout.includes(row.name));
});
