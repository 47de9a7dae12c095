import {type TestContext} from 'node:test';

export type Step = (title: string, run: () => Promise<void>) => Promise<void>;

/** Steps of one story: when one fails, those after it could only wait in vain and are skipped. */
export function stepsOf(t: TestContext): Step {
	let isBroken = false;
	return (title, run) =>
		t.test(title, async step => {
			if (isBroken) {
				step.skip('an earlier step failed');
				return;
			}

			try {
				await run();
			} catch (error) {
				isBroken = true;
				throw error;
			}
		});
}
