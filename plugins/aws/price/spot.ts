import {amount, type CostComponent} from 'cws/sdk';
import {type Part} from '../access/parts.ts';
import {ask} from '../clients/ask.ts';
import {type Clients} from '../clients/clients.ts';

/** The price of a type in a zone just now, in dollars an hour; the lowest of all zones when none is named. */
export type SpotPrice = {readonly dollars: number; readonly at: number};

export type SpotPrices = {
	/** Learns the prices of types that are not known or are old. Who may not ask learns nothing. */
	readonly learn: (part: Part, types: readonly string[], signal: AbortSignal) => Promise<void>;
	readonly of: (region: string, type: string, zone?: string) => SpotPrice | undefined;
};

const freshMs = 3_600_000;
const askMs = 5000;
const againMs = 300_000;
const mostTypes = 100;

export function createSpotPrices(clients: Clients, now: () => number): SpotPrices {
	// By region, type and zone. Spot prices are the same for every account.
	const prices = new Map<string, SpotPrice>();
	const asked = new Map<string, number>();
	const isFresh = (key: string) => now() - (asked.get(key) ?? Number.NEGATIVE_INFINITY) < freshMs;

	return {
		async learn(part, types, signal) {
			const {account, region} = part;
			const unknown = [...new Set(types)].filter(type => !isFresh(`${region}/${type}`)).slice(0, mostTypes);
			if (unknown.length === 0) {
				return;
			}

			for (const type of unknown) {
				asked.set(`${region}/${type}`, now());
			}

			const limited = AbortSignal.any([signal, AbortSignal.timeout(askMs)]);
			try {
				const {DescribeSpotPriceHistoryCommand} = await import('../clients/ec2.ts');
				const {SpotPriceHistory = []} = await ask({account, region, doing: 'read the spot prices'}, limited, async () =>
					(await clients.ec2(account, region)).send(
						new DescribeSpotPriceHistoryCommand({
							InstanceTypes: unknown as never,
							ProductDescriptions: ['Linux/UNIX', 'Linux/UNIX (Amazon VPC)'],
							StartTime: new Date(now()),
						}),
						{abortSignal: limited},
					),
				);
				for (const {InstanceType: type, AvailabilityZone: zone, SpotPrice: text} of SpotPriceHistory) {
					const dollars = Number(text);
					if (type !== undefined && zone !== undefined && Number.isFinite(dollars) && dollars > 0) {
						prices.set(`${region}/${type}/${zone}`, {dollars, at: now()});
						const lowest = prices.get(`${region}/${type}`);
						if (lowest === undefined || now() - lowest.at >= freshMs || dollars < lowest.dollars) {
							prices.set(`${region}/${type}`, {dollars, at: now()});
						}
					}
				}
			} catch {
				// The price stays unknown, which is what is shown; it is asked again soon.
				for (const type of unknown) {
					asked.set(`${region}/${type}`, now() - freshMs + againMs);
				}
			}
		},
		of: (region, type, zone) => prices.get(zone === undefined ? `${region}/${type}` : `${region}/${type}/${zone}`),
	};
}

export const spotComponent = (type: string, {dollars, at}: SpotPrice): CostComponent => ({
	name: 'compute',
	description: `${type} spot, as it was a moment ago`,
	hourly: amount(dollars),
	source: 'live',
	asOf: new Date(at).toISOString().slice(0, 10),
	billsWhenStopped: false,
});
