import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {sbatchArguments} from '../client/sbatch-arguments.ts';
import {submitBody} from '../client/submit-body.ts';
import {estimateJob} from '../cost.ts';
import {directivesOf} from '../job/directives.ts';
import {resolveJob, tresOf} from '../job/job-spec.ts';
import {parseTimeLimit} from '../job/time-limit.ts';

const world = {env: {PATH: '/bin'}, user: 'ada', cwd: '/work'};
const resolve = (fields: Readonly<Record<string, unknown>>) => resolveJob({type: 'job', name: 'train', fields, token: 't'}, world);

test('a time limit is read as Slurm writes it, and as people do', () => {
	const read = ['90', '02:00:00', '30:00', '1-12', '1-12:30', '2-00:00:30', '2h', '90m', '00:00:10'].map(words => parseTimeLimit(words));
	assert.deepEqual(read, [90, 120, 30, 2160, 2190, 2881, 120, 90, 1]);
	for (const words of ['', '0', 'soon', '-5', '1:2:3:4', '5 apples', '99999999']) {
		assert.equal(parseTimeLimit(words), undefined, words);
	}
});

test('what the form says becomes words of sbatch, each in a word of its own', () => {
	const spec = resolve({
		command: 'echo "$(hostname)"; rm -rf x',
		partition: 'gpu',
		nodes: 2,
		tasksPerNode: 4,
		time: '02:00:00',
		memory: '32GB',
		gpus: 'a100:2',
		array: '0-9%3',
		dependency: 'afterok:12:13,afterany:14_2',
	});
	assert.deepEqual(sbatchArguments(spec, 'cws:t'), [
		'--parsable',
		'--job-name=train',
		'--comment=cws:t',
		'--partition=gpu',
		'--nodes=2',
		'--ntasks-per-node=4',
		'--time=120',
		'--mem=32768M',
		'--gres=gpu:a100:2',
		'--array=0-9%3',
		'--dependency=afterok:12:13,afterany:14_2',
		'--chdir=/work',
	]);
	assert.equal(spec.script, '#!/bin/sh\necho "$(hostname)"; rm -rf x\n');
	assert.deepEqual(tresOf(spec), {nodes: 2, cpus: 8, memoryMb: 65_536, gpus: 4});
});

test('slurmrestd is told the same, in the words of its version', () => {
	const spec = resolve({command: 'true', nodes: 2, time: '5', memory: '1G', gpus: '1'});
	const old = submitBody(spec, 'c', 'v0.0.38', world)['job'] as Record<string, unknown>;
	const modern = submitBody(spec, 'c', 'v0.0.40', world)['job'] as Record<string, unknown>;
	assert.deepEqual([old['nodes'], old['time_limit'], old['gres'], old['environment']], [2, 5, 'gpu:1', {PATH: '/bin'}]);
	assert.deepEqual(
		[modern['minimum_nodes'], modern['time_limit'], modern['tres_per_node'], modern['environment']],
		[2, {set: true, infinite: false, number: 5}, 'gres/gpu:1', ['PATH=/bin']],
	);
});

test('what is submitted has the types that slurmrestd of each version takes', () => {
	const spec = resolve({
		command: 'true',
		nodes: 2,
		tasksPerNode: 3,
		cpusPerTask: 2,
		time: '10',
		memory: '1G',
		gpus: 'a100:1',
		array: '0-3',
		qos: 'q',
	});
	const typesOf = (version: string) =>
		Object.fromEntries(
			Object.entries(submitBody(spec, 'c', version, world)['job'] as object).map(([name, value]: [string, unknown]) => [
				name,
				Array.isArray(value) ? 'list' : typeof value,
			]),
		);
	// As published with Slurm 23.11 to 25.11: only limits may be without end, counts are plain.
	const plain = ['minimum_nodes', 'maximum_nodes', 'tasks_per_node', 'tasks', 'cpus_per_task'];
	const limits = ['time_limit', 'memory_per_node'];
	const words = ['name', 'comment', 'tres_per_node', 'array', 'qos', 'current_working_directory'];
	const modern = [
		...plain.map(name => [name, 'number']),
		...limits.map(name => [name, 'object']),
		...words.map(name => [name, 'string']),
		['environment', 'list'],
	];
	for (const version of ['v0.0.39', 'v0.0.40', 'v0.0.42', 'v0.0.45']) {
		assert.deepEqual(typesOf(version), Object.fromEntries(modern), version);
	}

	const {time_limit: limit, memory_per_node: memory, environment, nodes} = typesOf('v0.0.38');
	assert.deepEqual([limit, memory, environment, nodes], ['number', 'number', 'object', 'number']);
});

test('no field can become another option, a second line or a path that is none', () => {
	for (const fields of [
		{command: 'true', partition: '-p'.replace('-p', ' --wrap=x')},
		{command: 'true', partition: 'a b'},
		{command: 'true', output: 'a\nb'},
		{command: 'true', array: '1;2'},
		{command: 'true', dependency: 'afterok:1 --wrap'},
		{command: 'true', account: '../x y'},
		{command: 'a\0b'},
		{command: 'true', memory: '-1G'},
		{command: 'true', nodes: '2'},
		{command: 'true', gpus: {}},
	]) {
		assert.throws(
			() => resolve(fields),
			(error: {failure?: {code?: string}}) => error.failure?.code === 'CWS_INVALID_INPUT',
			JSON.stringify(fields),
		);
	}
});

test('a script is read from its file, and its own lines are known', () => {
	const directory = mkdtempSync(join(tmpdir(), 'cws-script-'));
	const file = join(directory, 'a.sh');
	writeFileSync(file, '#!/bin/bash\r\n#SBATCH --job-name=study\r\n# words\n\n#SBATCH -n 2\necho\n#SBATCH --too-late\n');
	const {script, from} = resolve({file});
	assert.equal(from, file);
	assert.deepEqual(directivesOf(script), ['--job-name=study', '-n 2']);
	rmSync(directory, {recursive: true});
});

test('a job costs what the rates say, by parts that add up, and nobody knows without them', () => {
	const tres = {cpus: 3, memoryMb: 1536, gpus: 1};
	const all = estimateJob(tres, {corePerHour: 0.1, gbPerHour: 0.01, gpuPerHour: 2}, 'EUR');
	assert.deepEqual(all.hourly, {kind: 'known', nanos: 2_315_000_000, currency: 'EUR'});
	assert.deepEqual(all.notCounted, []);
	const some = estimateJob(tres, {gpuPerHour: 2}, 'EUR');
	assert.deepEqual(
		[some.hourly, some.notCounted],
		[{kind: 'known', nanos: 2_000_000_000, currency: 'EUR'}, ['cores (no rate is set)', 'memory (no rate is set)']],
	);
	assert.equal(estimateJob(tres, {}, 'EUR').hourly.kind, 'unknown');
	assert.equal(estimateJob({cpus: 1}, {gpuPerHour: 2}, 'EUR').hourly.kind, 'unknown', 'a rate that fits nothing is no price');
});
