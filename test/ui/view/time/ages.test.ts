import assert from 'node:assert/strict';
import {test} from 'node:test';
import {answerAge, untilNextAnswerAge} from '../../../../source/ui/view/time/ages.ts';

test('an answer is live until the next one is due, however seldom its source is asked', () => {
	assert.equal(answerAge(14_999), 'live');
	assert.equal(answerAge(15_000), '10s');
	assert.equal(answerAge(34_999, 30_000), 'live');
	assert.equal(answerAge(35_000, 30_000), '30s');
	assert.equal(answerAge(64_999, 60_000), 'live');
	assert.equal(answerAge(65_000, 60_000), '1m');
});

test('the time to the next step is exactly when the age says something else', () => {
	for (const pace of [10_000, 15_000, 30_000, 60_000]) {
		for (let age = 0; age < 200_000; age += 777) {
			const left = untilNextAnswerAge(age, pace);
			assert.ok(left > 0, `${age} at ${pace}`);
			assert.equal(answerAge(age + left - 1, pace), answerAge(age, pace), `${age} at ${pace}`);
			assert.notEqual(answerAge(age + left, pace), answerAge(age, pace), `${age} at ${pace}`);
		}
	}
});
