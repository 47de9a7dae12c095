import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {suite, test} from 'node:test';
import {type ProviderResource} from 'cws/sdk';
import {type AwsForTest, awsForTest, call} from './aws-for-test.ts';
import {AwsError} from './call.ts';
import {addInstance} from './cloud.ts';

const day = 24 * 3_600_000;
const begin = Date.UTC(2026, 0, 15);

function directory(): Disposable & {readonly path: string} {
	const made = mkdtempSync(path.join(tmpdir(), 'cws-prices-'));
	return {
		path: made,
		[Symbol.dispose]() {
			rmSync(made, {recursive: true, force: true});
		},
	};
}

const compute = (row: ProviderResource | undefined) => row?.cost?.components.find(({name}) => name === 'compute');
const dollars = (row: ProviderResource | undefined) => {
	const hourly = compute(row)?.hourly;
	return hourly?.kind === 'known' ? hourly.nanos / 1e9 : undefined;
};

/** A list, and what a list says when the prices of the first are there. */
async function twice(aws: AwsForTest): Promise<readonly (ProviderResource | undefined)[]> {
	const [first] = await aws.rows();
	await aws.state.livePrices.settled();
	return [first, (await aws.rows())[0]];
}

const asked = ({server}: AwsForTest) => server.calls.filter(({action}) => action === 'GetProducts').length;

suite('list prices', () => {
	test('are asked for in the background, once a day for each type and region, and say since when they are', async () => {
		const clock = {now: begin};
		await using aws = await awsForTest({config: {livePrices: true}, now: () => clock.now});
		aws.server.cloud.listPrices.set('us-east-1/m5.large', '0.1010000000');
		addInstance(aws.server.cloud, {type: 'm5.large'});
		addInstance(aws.server.cloud, {type: 'm5.large'});
		const [before, after] = await twice(aws);
		assert.deepEqual([dollars(before), compute(before)?.source], [0.096, 'bundled']);
		assert.deepEqual([dollars(after), compute(after)?.source, compute(after)?.asOf], [0.101, 'live', '2026-01-15']);
		assert.equal(asked(aws), 1);
		const spec = {type: 'vm', name: 'x', size: 'm5.large', fields: {}, token: 't'};
		const {estimate} = await aws.provider.plan('aws', spec, call());
		const estimated = await aws.provider.estimateCost!('aws', spec, call());
		assert.deepEqual([estimate?.components[0]?.source, estimated.components[0]?.source], ['live', 'live']);
		clock.now += day;
		await twice(aws);
		assert.equal(asked(aws), 2);
	});

	test('give a type its price that is in no table', async () => {
		await using aws = await awsForTest({config: {livePrices: true}});
		aws.server.cloud.listPrices.set('us-east-1/x99.large', '1.5000000000');
		addInstance(aws.server.cloud, {type: 'x99.large'});
		const [before, after] = await twice(aws);
		assert.deepEqual([compute(before)?.hourly.kind, dollars(after)], ['unknown', 1.5]);
	});

	test('of databases are those of their engine, in one zone or two; engines with a licence are not asked for', async () => {
		await using aws = await awsForTest({config: {livePrices: true}});
		const {cloud} = aws.server;
		cloud.listPrices.set('us-east-1/db.m5.large/PostgreSQL/Single-AZ', '0.1800000000');
		cloud.listPrices.set('us-east-1/db.m5.large/PostgreSQL/Multi-AZ', '0.3650000000');
		const plain = {region: 'us-east-1', type: 'db.m5.large', engine: 'postgres', gb: 100, state: 'available'};
		cloud.databases.push({...plain, id: 'one'}, {...plain, id: 'two', isTwofold: true}, {...plain, id: 'paid', engine: 'oracle-ee'});
		await aws.rows('database');
		await aws.state.livePrices.settled();
		const rows = await aws.rows('database');
		assert.deepEqual(
			rows.map(row => dollars(row)),
			[0.18, 0.365, undefined],
		);
		assert.equal(asked(aws), 2);
	});

	test('are kept for the next start, until they are a month old', async () => {
		using kept = directory();
		{
			await using aws = await awsForTest({config: {livePrices: true}, cache: kept.path, now: () => begin});
			aws.server.cloud.listPrices.set('us-east-1/m5.large', '0.1010000000');
			addInstance(aws.server.cloud, {type: 'm5.large'});
			await twice(aws);
		}

		for (const [later, price, source] of [
			[day / 2, 0.101, 'cache'],
			[2 * day, 0.101, 'cache'],
			[31 * day, 0.096, 'bundled'],
		] as const) {
			await using aws = await awsForTest({config: {livePrices: true}, cache: kept.path, now: () => begin + later});
			addInstance(aws.server.cloud, {type: 'm5.large'});
			const [row] = await aws.rows();
			assert.deepEqual([dollars(row), compute(row)?.source], [price, source]);
			await aws.state.livePrices.settled();
			assert.equal(asked(aws), later < day ? 0 : 1);
		}
	});

	test('of a file that is broken, from elsewhere or full of nonsense are as none', async () => {
		using kept = directory();
		const file = path.join(kept.path, 'prices.json');
		const price = (value: unknown) => JSON.stringify({version: 1, prices: {'us-east-1/m5.large': value}});
		for (const text of [
			'',
			'{',
			'[]',
			'null',
			'{"version": 2, "prices": {}}',
			price({dollars: -1, at: 1}),
			price('x'),
			price({dollars: 1, at: begin * 2}),
		]) {
			writeFileSync(file, text);
			await using aws = await awsForTest({config: {livePrices: true}, cache: kept.path, now: () => begin});
			addInstance(aws.server.cloud, {type: 'm5.large'});
			assert.equal(dollars((await aws.rows())[0]), 0.096, text);
			await aws.state.livePrices.settled();
		}

		assert.doesNotMatch(readFileSync(file, 'utf8'), /null/);
	});

	test('that cannot be, such as three times the one of before, are not taken', async () => {
		for (const price of ['0.5000000000', '0.0100000000', '-1', 'NaN', '1e9', '']) {
			await using aws = await awsForTest({config: {livePrices: true}});
			aws.server.cloud.listPrices.set('us-east-1/m5.large', price);
			addInstance(aws.server.cloud, {type: 'm5.large'});
			assert.equal(dollars((await twice(aws))[1]), 0.096, price);
		}
	});

	test('are not asked for again and again where nobody answers: the table goes on, and the list is whole', async () => {
		await using aws = await awsForTest({config: {livePrices: true}});
		aws.server.trouble = ({action}) =>
			action === 'GetProducts' ? new AwsError('AccessDeniedException', 'not authorized to perform pricing:GetProducts', 400) : undefined;
		for (const type of ['m5.large', 'c5.large', 'r5.large', 't3.micro', 'm6i.large']) {
			addInstance(aws.server.cloud, {type});
		}

		const [, row] = await twice(aws);
		assert.equal(compute(row)?.source, 'bundled');
		assert.equal(asked(aws), 3);
	});

	test('are asked at the address that is set, and not at all when they are switched off or in regions with a list of their own', async () => {
		await using elsewhere = await awsForTest();
		elsewhere.server.cloud.listPrices.set('us-east-1/m5.large', '0.0990000000');
		await using aws = await awsForTest({config: {livePrices: true, pricingEndpoint: elsewhere.server.url}});
		addInstance(aws.server.cloud, {type: 'm5.large'});
		assert.equal(dollars((await twice(aws))[1]), 0.099);
		assert.deepEqual([asked(aws), asked(elsewhere)], [0, 1]);
		await using off = await awsForTest({config: {livePrices: false}});
		addInstance(off.server.cloud, {type: 'm5.large'});
		await using china = await awsForTest({config: {livePrices: true, regions: ['cn-north-1']}});
		addInstance(china.server.cloud, {type: 'm5.large', region: 'cn-north-1'});
		await Promise.all([twice(off), twice(china)]);
		assert.deepEqual([asked(off), asked(china)], [0, 0]);
	});
});
