import assert from 'node:assert/strict';
import {test} from 'node:test';
import {locate} from '../../../source/host/manifest/locate.ts';

const text = `{
  "id": "a:b,{c}",
  "list": [1, {"x": true}, ["y", {"deep\\u0065r": 1}]],
  "empty": {},
  "last": null
}`;

test('a field is found at its key, an entry of a list where it begins', () => {
	assert.deepEqual(locate(text, ['id']), {line: 2, column: 3});
	assert.deepEqual(locate(text, ['list', '0']), {line: 3, column: 12});
	assert.deepEqual(locate(text, ['list', '1', 'x']), {line: 3, column: 16});
	assert.deepEqual(locate(text, ['list', '2', '1', 'deeper']), {line: 3, column: 35});
	assert.deepEqual(locate(text, ['last']), {line: 5, column: 3});
});

test('what is not there is shown at the nearest thing around it', () => {
	assert.deepEqual(locate(text, ['empty', 'missing', 'too']), {line: 4, column: 3});
	assert.deepEqual(locate(text, ['missing']), {line: 1, column: 1});
	assert.deepEqual(locate(text, ['list', '9']), {line: 3, column: 3});
	assert.deepEqual(locate(text, []), {line: 1, column: 1});
});
