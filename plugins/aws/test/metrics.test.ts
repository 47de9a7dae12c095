import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {FailureError} from 'cws/sdk';
import {readAnswer} from '../vm/metrics.ts';
import {awsForTest, call} from './aws-for-test.ts';
import {AwsError} from './call.ts';
import {addInstance} from './cloud.ts';

const minute = 60_000;

suite('figures of an instance', () => {
	test('are those CloudWatch measured last, and are asked for only when somebody looks at it, once in five minutes', async () => {
		const clock = {now: Date.UTC(2026, 0, 15)};
		await using aws = await awsForTest({now: () => clock.now});
		const {id} = addInstance(aws.server.cloud);
		aws.server.cloud.measured.set(`${id}/cpu`, [37.4, 99]).set(`${id}/received`, [3_072_000]).set(`${id}/sent`, [307_200, 1]);
		const asked = () => aws.server.calls.filter(({action}) => action === 'GetMetricData').length;
		await aws.rows();
		assert.equal(asked(), 0);
		const row = await aws.provider.get(aws.target(id), call());
		assert.equal(row?.metrics?.cpuPercent, 37);
		assert.equal(row.metrics.uptimeMs, clock.now - Date.UTC(2026, 0, 2, 3, 4, 5));
		assert.equal(row.meta?.['network'], '10 KB/s in, 1 KB/s out');
		assert.deepEqual(await aws.provider.metrics!(aws.target(id), call()), row.metrics);
		assert.equal(asked(), 1);
		clock.now += 6 * minute;
		await aws.provider.get(aws.target(id), call());
		assert.equal(asked(), 2);
		const {params} = aws.server.calls.at(-1)!;
		assert.equal(params.get('MetricDataQueries.member.1.MetricStat.Metric.MetricName'), 'CPUUtilization');
		assert.equal(params.get('EndTime'), new Date(clock.now).toISOString());
	});

	test('are not asked of one that does not run, is new, or where they are switched off', async () => {
		const now = Date.UTC(2026, 0, 15);
		await using aws = await awsForTest({now: () => now});
		const stopped = addInstance(aws.server.cloud, {state: 'stopped'});
		const young = addInstance(aws.server.cloud, {launchedAt: new Date(now - minute)});
		await aws.provider.get(aws.target(stopped.id), call());
		assert.deepEqual((await aws.provider.get(aws.target(young.id), call()))?.metrics, {uptimeMs: minute});
		await assert.rejects(
			async () => aws.provider.metrics!(aws.target(stopped.id), call()),
			(error: unknown) => error instanceof FailureError && error.failure.code === 'CWS_INVALID_STATE',
		);
		await using off = await awsForTest({config: {metrics: false}});
		await off.provider.get(off.target(addInstance(off.server.cloud).id), call());
		for (const {server} of [aws, off]) {
			assert.ok(server.calls.every(({action}) => action !== 'GetMetricData'));
		}
	});

	test('are missed by nobody where CloudWatch may not be asked, and it is left alone then', async () => {
		await using aws = await awsForTest();
		aws.server.trouble = ({action}) => (action === 'GetMetricData' ? new AwsError('AccessDenied', 'not authorized', 403) : undefined);
		const {id} = addInstance(aws.server.cloud);
		for (let look = 0; look < 3; look++) {
			const row = await aws.provider.get(aws.target(id), call());
			assert.equal(row?.status, 'running');
			assert.equal(row.metrics?.cpuPercent, undefined);
		}

		assert.equal(aws.server.calls.filter(({action}) => action === 'GetMetricData').length, 1);
	});

	test('of an answer that makes no sense are none', () => {
		const result = (inner: string) => `<r><MetricDataResults><member>${inner}</member></MetricDataResults></r>`;
		assert.deepEqual(readAnswer(result('<Id>cpu</Id><Values><member>12.6</member><member>1</member></Values>')), {cpuPercent: 13});
		assert.deepEqual(readAnswer(result('<Values><member>12.6</member></Values><Label>x</Label><Id>cpu</Id>')), {cpuPercent: 13});
		for (const text of [
			'',
			'<html>',
			result('<Id>cpu</Id><Values/>'),
			result('<Id>cpu</Id><Values><member>NaN</member></Values>'),
			result('<Id>cpu</Id><Values><member>-4</member></Values>'),
			result('<Id>cpu</Id><Values><member>101000</member></Values>'),
			result('<Id>other</Id><Values><member>4</member></Values>'),
			result('<Id>cpu</Id><Timestamps><member>4</member></Timestamps>'),
			'<member>'.repeat(1000),
		]) {
			assert.deepEqual(readAnswer(text), {}, text.slice(0, 100));
		}
	});
});
