import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {FailureError} from 'cws/sdk';
import {resizeVm} from '../vm/resize.ts';
import {awsForTest, call} from './aws-for-test.ts';
import {addInstance} from './cloud.ts';

const failsWith = (code: string) => (error: unknown) => {
	assert.ok(error instanceof FailureError && error.failure.code === code, String(error));
	return true;
};

suite('resize', () => {
	test('gives a stopped instance another type, found by its name, and a dry run changes nothing', async () => {
		await using aws = await awsForTest();
		const instance = addInstance(aws.server.cloud, {state: 'stopped', type: 'm5.large', tags: new Map([['Name', 'web-1']])});
		const preview = await resizeVm(aws.state, {args: ['web-1', 'm5.xlarge'], flags: {dryRun: true}}, call());
		assert.match(preview.text ?? '', /111122223333.*m5\.large \(\$0\.0960\/h\) → m5\.xlarge \(\$0\.1920\/h\)\nThis is a dry-run/s);
		assert.equal(instance.type, 'm5.large');
		await resizeVm(aws.state, {args: ['web-1', 'm5.xlarge'], flags: {}}, call());
		assert.equal(instance.type, 'm5.xlarge');
		assert.equal((await aws.rows())[0]?.size, 'm5.xlarge');
	});

	test('refuses what runs, another processor, a name that two have, and what is no type', async () => {
		await using aws = await awsForTest();
		const twice = new Map([['Name', 'twice']]);
		const running = addInstance(aws.server.cloud, {tags: twice});
		const stopped = addInstance(aws.server.cloud, {state: 'stopped', tags: twice});
		const resize = async (...args: readonly string[]) => resizeVm(aws.state, {args, flags: {}}, call());
		await assert.rejects(resize(running.id, 'm5.large'), failsWith('CWS_INVALID_STATE'));
		await assert.rejects(resize(stopped.id, 'm7g.large'), failsWith('CWS_INVALID_INPUT'));
		await assert.rejects(resize('twice', 'm5.large'), failsWith('CWS_AMBIGUOUS'));
		await assert.rejects(resize('nobody', 'm5.large'), failsWith('CWS_NOT_FOUND'));
		await assert.rejects(resize(stopped.id, 'huge; rm -rf'), failsWith('CWS_INVALID_INPUT'));
		assert.equal(stopped.type, 't3.micro');
	});
});
