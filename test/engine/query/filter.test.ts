import assert from 'node:assert/strict';
import {test} from 'node:test';
import {amount, free} from '../../../source/core/money/money.ts';
import {type Resource} from '../../../source/core/resource.ts';
import {type Estimate} from '../../../source/core/money/estimate.ts';
import {isNarrower, parseFilter} from '../../../source/engine/query/filter.ts';
import {queryResources} from '../../../source/engine/query/query-resources.ts';
import {resource, source} from './resource-samples.ts';

const cost = (hourly: Estimate['hourly']): Estimate => ({hourly, components: [], confidence: 'exact', notCounted: []});

const fleet: readonly Resource[] = [
	resource('Genomics-GPU', {account: 'prod', region: 'us-east-1', size: 'g5.xlarge', owner: 'ada', cost: cost(amount(1.006))}),
	resource('fold-17', {provider: 'slurm', account: 'main', region: 'gpu', type: 'job', tags: {team: 'Genomics', env: 'prod'}}),
	resource('my box', {account: 'nonprod', region: 'eu-west-1', status: 'stopped', cost: cost(free('a gift'))}),
	resource('postgres', {provider: 'docker', type: 'container', size: 'postgres:16', status: 'hibernated'}),
];

const namesOf = (filter: string): readonly string[] => {
	const found = queryResources([source(fleet)], {filter, sort: 'name'});
	assert.ok(found.ok, filter);
	return found.value.map(({name}) => name);
};

const errorOf = (filter: string) => {
	const parsed = parseFilter(filter);
	assert.ok(!parsed.ok, filter);
	return parsed.error;
};

test('text is found in names, sizes, tags and owners, whatever its case', () => {
	assert.deepEqual(namesOf('GENOMICS'), ['fold-17', 'Genomics-GPU']);
	assert.deepEqual(namesOf('g5'), ['Genomics-GPU']);
	assert.deepEqual(namesOf('ada'), ['Genomics-GPU']);
	assert.deepEqual(namesOf('env=prod'), ['fold-17']);
});

test('an empty filter shows everything', () => {
	assert.equal(namesOf('').length, fleet.length);
	assert.equal(namesOf('  ! "" ').length, fleet.length);
});

test('terms are all needed, and `!` turns one round', () => {
	assert.deepEqual(namesOf('genomics !fold'), ['Genomics-GPU']);
	assert.deepEqual(namesOf('!provider:aws !provider:docker'), ['fold-17']);
});

test('a key asks for the beginning of its field, so that `account:prod` does not show `nonprod`', () => {
	assert.deepEqual(namesOf('account:prod'), ['Genomics-GPU']);
	assert.deepEqual(namesOf('provider:SL'), ['fold-17']);
	assert.deepEqual(namesOf('region:us-'), ['Genomics-GPU']);
	assert.deepEqual(namesOf('type:container'), ['postgres']);
	assert.deepEqual(namesOf('owner:ada'), ['Genomics-GPU']);
});

test('`=` in place of `:` asks for the whole field', () => {
	assert.deepEqual(namesOf('provider=slur'), []);
	assert.deepEqual(namesOf('provider=slurm'), ['fold-17']);
});

test('a name is found by any part of it', () => {
	assert.deepEqual(namesOf('name:gpu'), ['Genomics-GPU']);
});

test('state and status are the same key', () => {
	assert.deepEqual(namesOf('state:stopped'), ['my box']);
	assert.deepEqual(namesOf('status:hib'), ['postgres']);
});

test('a tag is asked for by key, or by key and value', () => {
	assert.deepEqual(namesOf('tag:team'), ['fold-17']);
	assert.deepEqual(namesOf('tag:team=gen'), ['fold-17']);
	assert.deepEqual(namesOf('tag:team=physics'), []);
});

test('an empty value asks whether there is any', () => {
	assert.deepEqual(namesOf('owner:'), ['Genomics-GPU']);
	assert.deepEqual(namesOf('tag:'), ['fold-17']);
});

test('prices are told apart by what is known of them', () => {
	assert.deepEqual(namesOf('price:unknown'), ['fold-17', 'postgres']);
	assert.deepEqual(namesOf('price:free'), ['my box']);
	assert.deepEqual(namesOf('price:known'), ['Genomics-GPU']);
});

test('quotes keep spaces and colons', () => {
	assert.deepEqual(namesOf('"my box"'), ['my box']);
	assert.deepEqual(namesOf('name:"my b"'), ['my box']);
	assert.deepEqual(namesOf('"postgres:16"'), ['postgres']);
});

test('an unknown key says where it is and which one was meant', () => {
	const error = errorOf('gpu !provder:aws');
	assert.equal(error.code, 'CWS_INVALID_INPUT');
	assert.equal(error.details?.position, 5);
	assert.match(error.message, /`provder` at 6/);
	assert.match(error.fix!, /provider:/);
	assert.match(error.cause!, /provider, account, region/);
});

test('an unknown key that is near none says how to search for it as text', () => {
	assert.match(errorOf('postgres:16').fix!, /"postgres:16"/);
});

test('an open quote says where it begins', () => {
	const error = errorOf('gpu name:"my b');
	assert.equal(error.details?.position, 9);
	assert.match(error.message, /at 10/);
});

test('a state or a price that does not exist says where it is and which there are', () => {
	assert.equal(errorOf('state:runing').details?.position, 6);
	assert.match(errorOf('state:runing').fix!, /running/);
	assert.match(errorOf('price:cheap').message, /unknown, free, known/);
});

test('a filter is narrower only when it can show nothing new', () => {
	const narrower = (next: string, previous: string) => {
		const [a, b] = [parseFilter(next), parseFilter(previous)];
		assert.ok(a.ok && b.ok);
		return isNarrower(a.value, b.value);
	};

	assert.equal(narrower('gen', 'ge'), true);
	assert.equal(narrower('gen x', 'gen'), true);
	assert.equal(narrower('anything', ''), true);
	assert.equal(narrower('account:pr', 'account:p'), true);
	assert.equal(narrower('!ge', '!gen'), true);
	assert.equal(narrower('!gen', '!ge'), false);
	assert.equal(narrower('ge', 'gen'), false);
	assert.equal(narrower('account:pr', 'region:p'), false);
	assert.equal(narrower('account=pr', 'account:p'), false);
});
