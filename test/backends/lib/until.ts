import assert from 'node:assert/strict';

/** Asks again and again; the test's own time limit ends it. */
export async function until<Value>(ask: () => Promise<Value>, isDone: (value: Value) => boolean): Promise<Value> {
	for (let tries = 0; ; tries++) {
		const value = await ask();
		if (isDone(value)) {
			return value;
		}

		assert.ok(tries < 400, `it never came to it: ${JSON.stringify(value)}`);
		await new Promise(resolve => {
			setTimeout(resolve, 50);
		});
	}
}
