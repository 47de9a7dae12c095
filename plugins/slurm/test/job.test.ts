import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readComment, writeComment} from '../job/comment.ts';
import {readJob} from '../job/job.ts';
import {readStep} from '../job/metrics.ts';
import {outputPaths} from '../job/output-path.ts';
import {reasonInWords} from '../job/reasons.ts';
import {countGpus, parseMegabytes, parseTres} from '../job/tres.ts';
import {createListing} from '../cluster/listed.ts';
import {readNode} from '../node/node.ts';
import {nodeResource} from '../node/to-resource.ts';
import {readPartition} from '../partition/partition.ts';
import {parseShown} from '../client/parse-shown.ts';
import {fakeJob} from './fake-slurm.ts';

test('a job of 22.05 and the same job of 24.05 are read alike', () => {
	const old = readJob(fakeJob(7, {job_state: 'FAILED', state_reason: 'NonZeroExitCode', exit_code: 768, time_limit: 90, restart_cnt: 0}));
	const modern = readJob({
		...fakeJob(7),
		job_state: ['FAILED'],
		state_reason: 'NonZeroExitCode',
		array_job_id: {set: true, infinite: false, number: 0},
		array_task_id: {set: false, infinite: false, number: 0},
		submit_time: {set: true, infinite: false, number: 1_700_000_000},
		start_time: {set: true, infinite: false, number: 1_700_000_010},
		time_limit: {set: true, infinite: false, number: 90},
		exit_code: {
			status: ['ERROR'],
			return_code: {set: true, infinite: false, number: 3},
			signal: {id: {set: false, infinite: false, number: 0}, name: ''},
		},
	});
	assert.deepEqual(modern, old);
	assert.deepEqual([old?.status, old?.exitCode, old?.timeLimit, old?.hasEnded], ['failed', 3, 90, true]);
	assert.equal(readJob({...fakeJob(8), time_limit: {set: true, infinite: true, number: 0}})?.timeLimit, undefined);
});

test('states with flags are what they come to', () => {
	const status = (states: unknown, reason = 'None') => readJob(fakeJob(1, {job_state: states, state_reason: reason}))?.status;
	assert.equal(status(['RUNNING', 'COMPLETING']), 'stopping');
	assert.equal(status(['RUNNING', 'CONFIGURING']), 'creating');
	assert.equal(status('PENDING', 'JobHeldUser'), 'stopped');
	assert.equal(status('PENDING', 'Priority'), 'pending');
	assert.equal(status(['PENDING', 'REQUEUE_HOLD']), 'stopped');
	assert.equal(status('SUSPENDED'), 'hibernated');
	assert.equal(status('CANCELLED'), 'deleted');
	assert.equal(status('SOMETHING_NEW'), 'unknown');
	assert.equal(status('constructor'), 'unknown');
});

test('what is no job is skipped and counted, and a number twice is one job', () => {
	const entries = [
		fakeJob(1),
		fakeJob(1),
		null,
		'job',
		[],
		{},
		{job_id: -1, job_state: 'RUNNING'},
		{job_id: '5', job_state: 'RUNNING'},
		{job_id: 6},
		{job_id: 7, job_state: [3, null]},
		{job_id: Number.MAX_VALUE, job_state: 'RUNNING'},
		JSON.parse('{"__proto__": {"job_id": 9, "job_state": "RUNNING"}}'),
	];
	const {take, done} = createListing('jobs');
	entries.forEach(take);
	const {items, skipped} = done();
	assert.deepEqual([items.map(({id}) => id), skipped], [['1'], 11]);
});

test('a task of an array is named alone, and those that wait are cancelled without the others', () => {
	const task = readJob(fakeJob(21, {array_job_id: 20, array_task_id: 3}))!;
	const last = readJob(fakeJob(20, {array_job_id: 20, array_task_id: 9}))!;
	const waiting = readJob(fakeJob(20, {array_job_id: 20, array_task_string: '4-9%2', job_state: 'PENDING'}))!;
	assert.deepEqual([task.id, task.spec], ['20_3', '20_3']);
	assert.deepEqual([last.id, last.spec], ['20', '20_9'], 'its row stays, and nothing but it is cancelled');
	assert.deepEqual([waiting.id, waiting.spec], ['20', '20_[4-9]']);
	assert.equal(readJob(fakeJob(20, {array_job_id: 20, array_task_string: '4; rm -rf /', job_state: 'PENDING'}))?.spec, '20');
});

test('cores, memory and GPUs are counted however they are written', () => {
	assert.deepEqual(parseTres('cpu=8,mem=1.50G,node=2,billing=8,gres/gpu=4,gres/gpu:a100=4'), {cpus: 8, memoryMb: 1536, nodes: 2, gpus: 4});
	assert.deepEqual(parseTres('gres/gpu:a100=1,gres/gpu:v100=2'), {gpus: 3});
	assert.deepEqual(parseTres('cpu=lots,mem=,=,,x'), {});
	assert.equal(countGpus('gpu:a100:2(S:0-1),gpu:v100:1'), 3);
	assert.equal(countGpus('gres:gpu:2'), 2);
	assert.equal(countGpus('gres/gpu:a100=2'), 2);
	assert.equal(countGpus('gpu'), 1);
	assert.equal(countGpus('shard:4'), undefined);
	assert.equal(parseMegabytes('32GB'), 32_768);
	assert.equal(parseMegabytes('much'), undefined);
	assert.equal(readJob(fakeJob(1, {tres_alloc_str: 'cpu=4,node=2', tres_per_node: 'gres:gpu:a100:2'}))?.tres.gpus, 4, 'without accounting');
});

test('the output is found by its pattern', () => {
	const paths = (more: object) =>
		outputPaths(readJob(fakeJob(12, {current_working_directory: '/scratch', name: 'train', user_name: 'ada', ...more}))!);
	assert.deepEqual(paths({standard_output: ''}), {output: '/scratch/slurm-12.out', error: '/scratch/slurm-12.out'});
	assert.equal(paths({standard_output: 'o_%j_%x_%u_%%.txt'})?.output, '/scratch/o_12_train_ada_%.txt');
	assert.equal(paths({standard_output: '/x/%5j'})?.output, '/x/00012');
	assert.equal(paths({standard_output: '', array_job_id: 10, array_task_id: 3})?.output, '/scratch/slurm-10_3.out');
	assert.equal(paths({standard_output: String.raw`\%j`})?.output, '/scratch/%j');
	assert.equal(paths({standard_output: 'a', standard_error: 'b_%j'})?.error, '/scratch/b_12');
	assert.equal(paths({standard_output: 'relative', current_working_directory: ''}), undefined);
});

test('why a job waits is said in words, with the name and what comes after it', () => {
	assert.equal(reasonInWords('Resources'), 'waits for free processors, memory or nodes (Resources)');
	assert.equal(
		reasonInWords('ReqNodeNotAvail,_UnavailableNodes:n1'),
		'a node it asks for is down, drained or reserved (ReqNodeNotAvail): UnavailableNodes n1',
	);
	assert.equal(reasonInWords('SomethingNew'), 'SomethingNew');
	assert.equal(reasonInWords('None'), undefined);
});

test('a comment keeps any token and tags, and the comment of somebody else is none of ours', () => {
	const token = 'a b%=&\u0000"';
	const tags = {team: 'a b', 'x=y': '&'};
	assert.deepEqual(readComment(writeComment(token, tags)), {token, tags});
	assert.deepEqual(readComment('my own words'), {tags: {}});
	assert.deepEqual(readComment('cws:%E0%A4%A'), {token: '%E0%A4%A', tags: {}});
});

test('what sstat tells is read strictly', () => {
	assert.deepEqual(readStep('00:01:05|2048K|2'), {cpuSeconds: 130, memoryBytes: 4 * 1_048_576});
	assert.deepEqual(readStep('1-00:00:00|0|1'), {cpuSeconds: 86_400, memoryBytes: 0});
	for (const line of ['', '|||', 'x|1K|1', '00:00:01|1K|0', '00:00:01|1K|-2']) {
		assert.equal(readStep(line), undefined, line);
	}
});

test('nodes and partitions are read from text and from both shapes of JSON', () => {
	const [shown] = parseShown(
		'nodes',
		'NodeName=n2 CPUTot=4 CPUAlloc=0 CPULoad=0.50 Gres=gpu:2 State=IDLE+DRAIN*  Reason=a fan is broken [root@2026] Partitions=a,b',
	);
	const node = readNode(shown)!;
	assert.deepEqual(
		[node.states, node.reason, node.gpus, node.load, node.partitions],
		[['IDLE', 'DRAIN'], 'a fan is broken [root@2026]', 2, 0.5, ['a', 'b']],
	);
	assert.equal(nodeResource(node, 'x').status, 'stopped');
	const mixed = readNode({name: 'n1', state: ['MIXED', 'DRAIN'], cpu_load: 250, cpus: 4})!;
	assert.deepEqual([mixed.load, nodeResource(mixed, 'x').status], [2.5, 'stopping']);
	assert.equal(nodeResource(readNode({name: 'n1', state: 'down*'})!, 'x').status, 'failed');
	assert.equal(readNode({name: 'n1'}), undefined);

	const old = readPartition({name: 'p', state: 'UP', total_cpus: 8, total_nodes: 2, flags: ['default'], max_time_limit: 5});
	const modern = readPartition({
		name: 'p',
		partition: {state: ['UP']},
		cpus: {total: 8},
		nodes: {total: 2},
		flags: ['DEFAULT'],
		maximums: {time: {set: true, infinite: false, number: 5}},
	});
	assert.deepEqual(modern, old);
	assert.deepEqual([old?.isDefault, old?.maxTime], [true, '5 min']);
});
