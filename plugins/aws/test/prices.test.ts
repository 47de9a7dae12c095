import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {type Money} from 'cws/sdk';
import {addressComponent, computeComponent, databaseComponent, volumeComponent} from '../price/price-book.ts';
import {estimateOf} from '../price/estimate.ts';
import {largeRates} from '../price/rates.ts';
import {isArm, shapeOf} from '../price/sizes.ts';

const dollars = (money: Money): number | undefined => (money.kind === 'known' ? money.nanos / 1e9 : undefined);
const hourly = (type: string, region = 'us-east-1') => dollars(computeComponent(type, region).hourly);

suite('prices', () => {
	test('are those of the public list', () => {
		const listed = {
			't3.micro': 0.0104,
			't3.nano': 0.0052,
			't4g.small': 0.0168,
			'm5.large': 0.096,
			'm5.24xlarge': 4.608,
			'm7g.medium': 0.0408,
			'c6i.32xlarge': 5.44,
			'r6g.2xlarge': 0.4032,
			'g5.12xlarge': 5.672,
			'g4dn.xlarge': 0.526,
			'i4i.8xlarge': 2.752,
			'm8i.4xlarge': 0.84672,
			'c8g.24xlarge': 3.82848,
			'r8a.2xlarge': 0.63904,
			'i7ie.12xlarge': 6.2376,
			'p4d.24xlarge': 21.957642,
		};
		for (const [type, price] of Object.entries(listed)) {
			assert.ok(Math.abs(hourly(type)! - price) < price * 0.005, `${type}: ${hourly(type)} instead of ${price}`);
		}
	});

	test('double with the size inside a family', () => {
		for (const family of Object.keys(largeRates)) {
			assert.ok(Math.abs(hourly(`${family}.4xlarge`)! - 2 * hourly(`${family}.2xlarge`)!) < 1e-8, family);
		}
	});

	test('are unknown for what is not in the table, never free', () => {
		for (const [type, region] of [
			['x9.large', 'us-east-1'],
			['m5.metal', 'us-east-1'],
			['g5.3xlarge', 'us-east-1'],
			['m5.large', 'us-moon-1'],
			['constructor.large', 'us-east-1'],
			['constructor', 'us-east-1'],
			['', 'us-east-1'],
		] as const) {
			assert.equal(computeComponent(type, region).hourly.kind, 'unknown', type);
		}

		assert.equal(volumeComponent({kind: 'gp9', gb: 10}, 'us-east-1').hourly.kind, 'unknown');
		assert.equal(volumeComponent({kind: 'io2', gb: 100, iops: 50_000}, 'us-east-1').hourly.kind, 'unknown');
		assert.equal(databaseComponent({type: 'db.m5.large', engine: 'oracle-ee', isTwofold: false}, 'us-east-1').hourly.kind, 'unknown');
	});

	test('say where they come from', () => {
		assert.equal(computeComponent('m5.large', 'us-east-1').source, 'bundled');
		assert.equal(computeComponent('m5.large', 'eu-west-1').source, 'rule');
		assert.match(computeComponent('m5.large', 'us-east-1').asOf ?? '', /^\d{4}-\d\d-\d\d$/);
	});

	test('count what a disk has beyond the free part', () => {
		const month = (iops: number, throughput: number) =>
			dollars(volumeComponent({kind: 'gp3', gb: 100, iops, throughput}, 'us-east-1').hourly)! * 730;
		assert.ok(Math.abs(month(3000, 125) - 8) < 1e-5);
		assert.ok(Math.abs(month(4000, 225) - (8 + 5 + 4)) < 1e-5);
	});

	test('of a stopped machine are those of its disk and its own address', () => {
		const parts = [computeComponent('m5.large', 'us-east-1'), volumeComponent({kind: 'gp3', gb: 100}, 'us-east-1'), addressComponent(true)];
		const {hourly, stoppedHourly} = estimateOf(parts, []);
		assert.ok(Math.abs(dollars(hourly)! - (0.096 + 8 / 730 + 0.005)) < 1e-8);
		assert.ok(Math.abs(dollars(stoppedHourly!)! - (8 / 730 + 0.005)) < 1e-8);
	});

	test('have no sum when a part is unknown', () => {
		const {hourly, confidence} = estimateOf([computeComponent('x9.large', 'us-east-1'), addressComponent(false)], []);
		assert.equal(hourly.kind, 'unknown');
		assert.equal(confidence, 'unknown');
	});
});

suite('instance types', () => {
	test('tell their processor by their name', () => {
		assert.deepEqual(
			['t4g.nano', 'm7gd.large', 'c6gn.large', 'im4gn.large', 'g5g.xlarge', 'a1.large', 'x2gd.large', 'hpc7g.4xlarge'].filter(
				type => !isArm(type),
			),
			[],
		);
		assert.deepEqual(
			['t3.nano', 'g4dn.xlarge', 'g5.xlarge', 'g6e.xlarge', 'm7i-flex.large', 'gr6.4xlarge', 'p5.48xlarge', 'i3en.large'].filter(type =>
				isArm(type),
			),
			[],
		);
	});

	test('tell processors and memory where there is a rule', () => {
		assert.deepEqual(shapeOf('t3.micro'), {cpus: 2, memoryMb: 1024});
		assert.deepEqual(shapeOf('m7g.medium'), {cpus: 1, memoryMb: 4096});
		assert.deepEqual(shapeOf('c7i.4xlarge'), {cpus: 16, memoryMb: 32_768});
		assert.deepEqual(shapeOf('r6i.2xlarge'), {cpus: 8, memoryMb: 65_536});
		assert.equal(shapeOf('g5.xlarge'), undefined);
	});
});
