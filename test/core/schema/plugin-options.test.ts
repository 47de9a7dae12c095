import assert from 'node:assert/strict';
import test from 'node:test';
import {type Manifest} from '../../../source/core/manifest.ts';
import {loadValidator} from '../../../source/core/schema/validate.ts';
import {pluginEntryProblems, withPluginEntries} from '../../../source/core/plugin-entries.ts';
import {coerceOptions} from '../../../source/core/schema/plugin-options.ts';
import {type JsonSchema} from '../../../source/core/schema/json.ts';

const schema: JsonSchema = {
	type: 'object',
	properties: {
		endpoint: {type: 'string', default: 'https://api.example'},
		rate_per_hour: {type: 'number'},
		timeout: {type: 'integer', default: 30},
		enabled: {type: 'boolean', default: true},
		regions: {type: 'array', items: {type: 'string'}},
		labels: {type: 'object'},
		retry: {type: 'object', properties: {maxTries: {type: 'integer'}}},
		mode: {enum: ['1', 'two']},
	},
};

test('a text is read as the type its field has, so that digits stay a text where one is wanted', () => {
	assert.deepEqual(
		coerceOptions(schema, {
			endpoint: '12345',
			ratePerHour: '0.12',
			timeout: '45',
			enabled: 'false',
			regions: 'fsn1,nbg1',
			labels: 'team=web',
			retry: {max_tries: '3'},
			mode: '1',
		}),
		{
			endpoint: '12345',
			rate_per_hour: 0.12,
			timeout: 45,
			enabled: false,
			regions: ['fsn1', 'nbg1'],
			labels: {team: 'web'},
			retry: {maxTries: 3},
			mode: '1',
		},
	);
});

test('what does not fit stays for the validation to name', () => {
	assert.deepEqual(coerceOptions(schema, {timeout: 'soon', unknown: '1'}), {timeout: 'soon', unknown: '1'});
});

test('the exact spelling of a field wins over another one', () => {
	assert.deepEqual(coerceOptions(schema, {rate_per_hour: 1, ratePerHour: 2}), {rate_per_hour: 1});
	assert.deepEqual(coerceOptions(schema, {ratePerHour: 2, rate_per_hour: 1}), {rate_per_hour: 1});
});

test('a plugin without a schema gets JSON where it is some', () => {
	assert.deepEqual(coerceOptions(undefined, {a: '1', b: 'text', c: '[1]'}), {a: 1, b: 'text', c: [1]});
});

test('every field of a plugin has an entry with its value and where it comes from', () => {
	const manifest = {id: 'lab', config: schema} as Manifest;
	const entries = withPluginEntries(
		[
			{key: 'theme', value: 'midnight', source: 'default'},
			{key: 'plugins.lab.ratePerHour', value: '0.5', source: 'environment', from: 'CWS_PLUGINS__LAB__RATE_PER_HOUR'},
			{key: 'plugins.gone.x', value: 1, source: 'user', from: 'config.toml:3'},
		],
		[manifest],
	);
	const of = (key: string) => entries.find(entry => entry.key === key);
	assert.deepEqual(of('plugins.lab.rate_per_hour'), {
		key: 'plugins.lab.rate_per_hour',
		value: 0.5,
		source: 'environment',
		from: 'CWS_PLUGINS__LAB__RATE_PER_HOUR',
	});
	assert.deepEqual(of('plugins.lab.timeout'), {key: 'plugins.lab.timeout', value: 30, source: 'default', from: 'plugin.json'});
	assert.deepEqual(of('plugins.gone.x')?.source, 'user');
	assert.equal(entries.length, 2 + Object.keys(schema.properties!).length);
});

test('what is wrong with an option is said with its place, and a secret among them is moved', async () => {
	const config: JsonSchema = {
		type: 'object',
		properties: {timeout: {type: 'integer', default: 30}, apiKey: {type: 'string', format: 'password'}},
		additionalProperties: false,
	};
	const manifests = [{id: 'lab', config} as Manifest];
	const entries = withPluginEntries(
		[
			{key: 'plugins.lab.timeout', value: 'soon', source: 'environment', from: 'PLUGINS__LAB__TIMEOUT'},
			{key: 'plugins.lab.timeuot', value: 3, source: 'user', from: 'config.toml:2'},
			{key: 'plugins.lab.apiKey', value: 'hcl-s3cr3t', source: 'user', from: 'config.toml:3'},
			{key: 'plugins.lab.enabled', value: true, source: 'user', from: 'config.toml:4'},
		],
		manifests,
	);
	assert.doesNotMatch(JSON.stringify(entries), /s3cr3t/);
	const problems = pluginEntryProblems(entries, manifests, await loadValidator());
	assert.deepEqual(
		problems.map(({message, cause, fix}) => [message, cause, fix]).toSorted(([a = ''], [b = '']) => a.localeCompare(b)),
		[
			[
				'`plugins.lab.apiKey` is a secret and lies readable in the configuration.',
				'it comes from config.toml:3',
				'cws secrets set lab apiKey, then remove it there',
			],
			['`plugins.lab.timeout` must be integer.', 'it comes from PLUGINS__LAB__TIMEOUT', 'cws config set plugins.lab.timeout VALUE'],
			['`plugins.lab.timeuot` is not a known field.', 'it comes from config.toml:2', 'did you mean `timeout`?'],
		],
	);
});
