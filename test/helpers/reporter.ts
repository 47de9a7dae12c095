// Says only what failed, and one line of counts at the end; lists the failures also in the file that `run-twice.ts` names.
import {appendFileSync} from 'node:fs';
import {type TestEvent} from 'node:test/reporters';
import {inspect} from 'node:util';

// Ink writes it when a test process ends, whatever the test drew on.
const showCursor = '\u001B[?25h';

export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
	const counts = {passed: 0, failed: 0, skipped: 0};
	for await (const event of source) {
		if (event.type === 'test:pass' && event.data.details.type !== 'suite') {
			if (event.data.skip === undefined) {
				counts.passed++;
			} else {
				counts.skipped++;
				yield `skipped: ${event.data.name}${typeof event.data.skip === 'string' ? ` (${event.data.skip})` : ''}\n`;
			}
		} else if (event.type === 'test:fail' && event.data.details.type !== 'suite') {
			const {name, file, line, details} = event.data;
			counts.failed++;
			if (process.env['CWS_TEST_FAILURES'] !== undefined) {
				appendFileSync(process.env['CWS_TEST_FAILURES'], `${file}:${line} ${name}\n`);
			}

			yield `\nfailed: ${name}\n  ${file ?? ''}:${line ?? ''}\n${indent(inspect(details.error.cause ?? details.error))}\n`;
		} else if (event.type === 'test:stderr' && event.data.message !== showCursor) {
			yield event.data.message;
		}
	}

	yield `${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}\n`;
}

const indent = (text: string): string =>
	text
		.split('\n')
		.map(line => `  ${line}`)
		.join('\n');
