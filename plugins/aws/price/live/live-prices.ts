import {type Account} from '../../access/accounts.ts';
import {type Part} from '../../access/parts.ts';
import {type Clients} from '../../clients/clients.ts';
import {signedPost} from '../../clients/signed-post.ts';
import {priceOf} from './price-list.ts';
import {type KeptPrice, readPrices, writePrices} from './price-file.ts';
import {type Wanted} from './wanted.ts';

/** A list price as it was asked for. */
export type LivePrice = KeptPrice & {
	/** Asked by this process, not by one before it. */
	readonly isNew: boolean;
};

export type LivePrices = {
	/** What was asked before is there when this returns; what is missing or old is asked for a little later, in the background. */
	readonly want: (part: Part, products: readonly Wanted[]) => Promise<void>;
	/** By the key of what was wanted: the type of a machine. */
	readonly of: (region: string, key: string) => LivePrice | undefined;
	/** Resolves when everything that was wanted has been asked for; for tests. */
	readonly settled: () => Promise<void>;
	readonly close: () => void;
};

export type LiveOptions = {
	readonly clients: Clients;
	readonly now: () => number;
	/** Where prices are kept; without one they are forgotten at the end. */
	readonly file?: string;
	readonly isOff: boolean;
	/** Instead of AWS's own address. */
	readonly endpoint?: string;
	/** Milliseconds before the first question, so that a program that ends at once asks none. */
	readonly delayMs?: number;
};

const freshMs = 24 * 3_600_000;
const oldestMs = 30 * freshMs;
const askMs = 10_000;
const pauseMs = 6 * 3_600_000;
const mostFailures = 3;
const mostKept = 5000;
const mostBytes = 4 * 1024 * 1024;
const mostTimes = 3;

type Question = Wanted & {readonly account: Account; readonly region: string};

/** List prices of what is there, asked of the Pricing API one after the other and kept for a day. */
export function createLivePrices({clients, now, file, isOff, endpoint, delayMs = 3000}: LiveOptions): LivePrices {
	const prices = new Map<string, LivePrice>();
	const queue = new Map<string, Question>();
	const stop = new AbortController();
	let loaded: Promise<void> | undefined;
	let working: Promise<void> | undefined;
	let failures = 0;
	let pausedUntil = 0;

	const load = async () => {
		for (const [key, price] of file === undefined ? [] : await readPrices(file)) {
			if (now() - price.at < oldestMs && price.at <= now()) {
				prices.set(key, {...price, isNew: false});
			}
		}
	};

	const ask = async (key: string, {account, region, service, attributes, bundled}: Question) => {
		const filters = {...attributes, regionCode: region};
		const {status, text} = await signedPost(
			clients,
			account,
			{
				url: endpoint ?? account.endpointOf('pricing') ?? 'https://api.pricing.us-east-1.amazonaws.com/',
				service: 'pricing',
				signingRegion: 'us-east-1',
				headers: {'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSPriceListService.GetProducts'},
				body: JSON.stringify({
					ServiceCode: service,
					FormatVersion: 'aws_v1',
					MaxResults: 20,
					Filters: Object.entries(filters).map(([Field, Value]) => ({Type: 'TERM_MATCH', Field, Value})),
				}),
				mostBytes,
			},
			AbortSignal.any([stop.signal, AbortSignal.timeout(askMs)]),
		);
		if (status !== 200) {
			throw new Error(`it answered ${status}`);
		}

		const dollars = priceOf(text, filters);
		// A price three times as high as the one of the table is more likely a mistake than news.
		const isAbsurd = dollars !== undefined && bundled !== undefined && (dollars > bundled * mostTimes || dollars < bundled / mostTimes);
		if (dollars !== undefined && !isAbsurd) {
			prices.set(key, {dollars, at: now(), isNew: true});
		}
	};

	const work = async () => {
		const before = prices.size;
		let learned = 0;
		await new Promise<void>(resolve => {
			const timer = setTimeout(resolve, delayMs);
			timer.unref();
			stop.signal.addEventListener('abort', () => {
				clearTimeout(timer);
				resolve();
			});
		});
		for (const [key, wanted] of queue) {
			queue.delete(key);
			if (stop.signal.aborted || now() < pausedUntil) {
				continue;
			}

			try {
				await ask(key, wanted);
				failures = 0;
				learned++;
			} catch {
				// Whoever may not ask, or asks an emulator that has no prices, is not to ask for ever.
				failures++;
				pausedUntil = failures >= mostFailures ? now() + pauseMs : 0;
			}
		}

		if (file !== undefined && !stop.signal.aborted && (learned > 0 || prices.size !== before)) {
			const kept = [...prices].toSorted(([, one], [, other]) => other.at - one.at).slice(0, mostKept);
			await writePrices(file, new Map(kept.map(([key, {dollars, at}]) => [key, {dollars, at}])));
		}
	};

	const asked = new Map<string, number>();
	return {
		async want({account, region}, products) {
			// The price lists of China and of the government's regions are elsewhere.
			if (isOff || /^(?:cn|us-gov|us-iso)/.test(region) || /^(?:cn|us-gov|us-iso)/.test(account.region)) {
				return;
			}

			await (loaded ??= load());
			for (const product of products) {
				const key = `${region}/${product.key}`;
				const at = Math.max(prices.get(key)?.at ?? 0, asked.get(key) ?? 0);
				if (now() - at >= freshMs && now() >= pausedUntil) {
					asked.set(key, now());
					queue.set(key, {...product, account, region});
				}
			}

			if (queue.size > 0) {
				working ??= work().finally(() => {
					working = undefined;
				});
			}
		},
		of: (region, key) => prices.get(`${region}/${key}`),
		async settled() {
			await working;
		},
		close() {
			stop.abort();
		},
	};
}
