import assert from 'node:assert/strict';
import {test} from 'node:test';
import {programOf} from '../../workstation/deploy/check-command.ts';
import {limitsOf} from '../../workstation/deploy/limits.ts';
import {parseRecord, parseRun} from '../../workstation/record.ts';
import {formatSize, parseSize} from '../../workstation/deploy/size.ts';

test('the program of a line is found behind assignments and `exec`, and shell words are left to the shell', () => {
	assert.equal(programOf('python3 -m http.server 8080'), 'python3');
	assert.equal(programOf('  A=1 B="two words" exec ./run.sh; echo'), './run.sh');
	assert.equal(programOf('node'), 'node');
	for (const line of ['cd app && npm start', 'while :; do date; done', '"$PROGRAM" --flag', '(sleep 1)', '~/bin/x', 'A=$(date) ls']) {
		assert.equal(programOf(line), undefined, line);
	}
});

test('sizes are read as they are written', () => {
	for (const size of [{memoryMb: 256}, {cpus: 2}, {cpus: 2, memoryMb: 1024}]) {
		assert.deepEqual({...parseSize(formatSize(size))}, {cpus: undefined, memoryMb: undefined, ...size});
	}

	assert.equal(formatSize({}), '-');
	assert.deepEqual(parseSize('-'), {cpus: undefined, memoryMb: undefined});
	for (const size of ['', 'big', '0 cpu', '1 MB', '-5 cpu', '2 cpu 2 cpu']) {
		assert.throws(() => parseSize(size), size);
	}
});

test('limits use the tools of the system, and say `not limited` where one is absent', () => {
	const kept = limitsOf({memoryMb: 64, cpus: 2, nice: 5}, {path: '/usr/bin:/bin', cores: [4, 5, 6, 7], random: () => 0.75});
	assert.deepEqual(kept.prefix, ['prlimit', '--data=67108864', 'taskset', '-c', '7,4', 'nice', '-n', '5']);
	const absent = limitsOf({memoryMb: 64, nice: 5}, {path: '/nowhere', cores: [0]});
	assert.deepEqual(absent.prefix, []);
	assert.equal(absent.lines[0]?.value, 'not limited (prlimit is not installed)');
	assert.equal(absent.warnings.length, 2);
	assert.equal(limitsOf({cpus: 8}, {path: '/usr/bin', cores: [0, 1]}).lines[0]?.value, 'not limited (this machine has 2)');
});

test('a damaged record is none', () => {
	assert.equal(parseRecord('{'), undefined);
	assert.equal(parseRecord('null'), undefined);
	assert.equal(parseRecord('{"version": 1, "id": "a"}'), undefined);
	assert.equal(parseRun('pid=1\n'), undefined);
	assert.equal(parseRun(''), undefined);
});

test('a new logger in the run file replaces the old one', () => {
	const run = parseRun('run=r\npid=10\nstart=1\nkeeper=9\nkeeperStart=1\nlogger=8\nloggerStart=1\nboot=b\nlogger=20\nloggerStart=5\n');
	assert.equal(run?.logger, 20);
	assert.equal(run.loggerStartTime, '5');
});
