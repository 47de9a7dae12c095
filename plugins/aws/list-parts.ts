import {type ListPage, providerError, type ProviderResource} from 'cws/sdk';
import {missingPart, type Missing, type Part, partsOf} from './access/parts.ts';
import {type AwsState} from './state.ts';

export type Page = {readonly resources: readonly ProviderResource[]; readonly skipped?: number};

/** All pages of one region. */
export type ReadPart = (part: Part, signal: AbortSignal) => AsyncIterable<Page>;

const atOnce = 12;

/**
Asks all regions of all accounts, a dozen at once, each with its own time; pages go out as they come. Regions that do not answer
are named instead of ending the list, unless nothing else was asked.
*/
export async function* listParts(state: AwsState, signal: AbortSignal, read: ReadPart): AsyncGenerator<ListPage> {
	const {parts, missing} = await partsOf(state, signal);
	const pages: ListPage[] = [];
	const lost: Missing[] = [...missing];
	const failures: unknown[] = [];
	const waiting = [...parts];
	let wake = Promise.withResolvers<void>();
	const end = new AbortController();

	const work = async () => {
		for (let part = waiting.shift(); part !== undefined && !end.signal.aborted; part = waiting.shift()) {
			const budget = AbortSignal.timeout(state.config.regionSeconds * 1000);
			try {
				for await (const page of read(part, AbortSignal.any([signal, budget, end.signal]))) {
					pages.push(page);
					wake.resolve();
				}
			} catch (error) {
				const told = budget.aborted && !signal.aborted ? tooSlow(part, state.config.regionSeconds) : error;
				failures.push(told);
				lost.push(missingPart(part.account.name, part.region, told));
			}
		}
	};

	let isDone = false;
	const workers = Promise.all(Array.from({length: Math.min(atOnce, parts.length)}, async () => work()));
	const done = workers.finally(() => {
		isDone = true;
		wake.resolve();
	});
	done.catch(() => undefined);
	try {
		for (;;) {
			yield* pages.splice(0);
			if (isDone) {
				break;
			}

			await wake.promise;
			wake = Promise.withResolvers<void>();
		}
	} finally {
		end.abort();
	}

	signal.throwIfAborted();
	await done;
	yield* pages.splice(0);
	// With nothing else to show, the failure says more than a list with a hole.
	if (parts.length === 1 && failures.length === 1) {
		throw failures[0];
	}

	if (lost.length > 0) {
		yield {resources: [], missing: lost};
	}
}

const tooSlow = ({account, region}: Part, seconds: number): Error =>
	providerError('CWS_PROVIDER_UNAVAILABLE', {
		message: `\`${account.name}\` in ${region} did not answer.`,
		cause: `it took more than ${seconds} s`,
		fix: 'raise `plugins.aws.regionSeconds` if it is just slow',
		retryable: true,
	});
