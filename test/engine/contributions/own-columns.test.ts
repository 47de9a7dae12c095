import assert from 'node:assert/strict';
import {test} from 'node:test';
import {columnsOfList, ownFacts} from '../../../source/engine/contributions/own-columns.ts';
import {samplePlugin, sampleResource} from '../../ui/helpers/samples.ts';

const slurm = samplePlugin('slurm');
const columns = [
	{title: 'PARTITION', field: 'meta.partition'},
	{title: 'REASON', field: 'statusReason'},
	{title: 'NODES', field: 'meta.nodes'},
];
const plugins = [{...slurm, manifest: {...slurm.manifest, contributes: {resourceTypes: [{type: 'job', operations: [], columns}]}}}];
const job = sampleResource({name: 'a', provider: 'slurm', type: 'job', statusReason: 'waits', meta: {partition: 'gpu'}});

test('a list has the columns of a plugin when every row is of its one type', () => {
	assert.equal(columnsOfList(plugins, [job, job]), columns);
	assert.deepEqual(columnsOfList(plugins, [job, sampleResource({name: 'b'})]), []);
	assert.deepEqual(columnsOfList(plugins, [sampleResource({name: 'b'})]), []);
	assert.deepEqual(columnsOfList(plugins, []), []);
});

test('a description has what they say, without what is empty or said already', () => {
	assert.deepEqual(ownFacts(plugins, job), [{label: 'partition', text: 'gpu'}]);
	assert.deepEqual(ownFacts(plugins, sampleResource({name: 'b'})), []);
});
