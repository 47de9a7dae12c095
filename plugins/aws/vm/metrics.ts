import {type Part} from '../access/parts.ts';
import {type Clients} from '../clients/clients.ts';
import {formHeaders, signedPost} from '../clients/signed-post.ts';

/** What CloudWatch measured lately; absent is what it did not. */
export type Measured = {
	readonly cpuPercent?: number;
	/** Bytes a second. */
	readonly received?: number;
	readonly sent?: number;
};

export type Meter = {
	/** What an instance did lately: asked once in five minutes, which is as often as EC2 measures. Who may not ask learns nothing. */
	readonly measure: (part: Part, id: string, signal: AbortSignal) => Promise<Measured | undefined>;
};

const freshMs = 300_000;
const periodSeconds = 300;
// The newest figure may be two periods old.
const windowMs = 4 * freshMs;
const askMs = 3000;
const pauseMs = 3_600_000;
const mostBytes = 262_144;
const mostKept = 1000;

const queries = {
	cpu: {MetricName: 'CPUUtilization', Stat: 'Average'},
	received: {MetricName: 'NetworkIn', Stat: 'Sum'},
	sent: {MetricName: 'NetworkOut', Stat: 'Sum'},
} as const;

export function createMeter(clients: Clients, {now, isOff}: {readonly now: () => number; readonly isOff: boolean}): Meter {
	const known = new Map<string, {readonly at: number; readonly measured: Measured}>();
	const pausedUntil = new Map<string, number>();
	return {
		async measure(part, id, signal) {
			const {account, region} = part;
			const key = `${account.name}\0${region}\0${id}`;
			const before = known.get(key);
			if (before !== undefined && now() - before.at < freshMs) {
				return before.measured;
			}

			if (isOff || now() < (pausedUntil.get(account.name) ?? 0)) {
				return undefined;
			}

			try {
				const {status, text} = await signedPost(
					clients,
					account,
					{
						url: account.endpointOf('cloudwatch') ?? addressOf(region),
						service: 'monitoring',
						signingRegion: region,
						headers: formHeaders,
						body: bodyFor(id, now()),
						mostBytes,
					},
					AbortSignal.any([signal, AbortSignal.timeout(askMs)]),
				);
				if (status !== 200) {
					throw new Error(`it answered ${status}`);
				}

				const measured = readAnswer(text);
				if (known.size > mostKept) {
					known.clear();
				}

				known.set(key, {at: now(), measured});
				return measured;
			} catch {
				signal.throwIfAborted();
				// Figures are a comfort; an account that gives none is left alone for a while.
				pausedUntil.set(account.name, now() + pauseMs);
				return undefined;
			}
		},
	};
}

const addressOf = (region: string): string => `https://monitoring.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/`;

function bodyFor(id: string, now: number): string {
	const params = new URLSearchParams({
		Action: 'GetMetricData',
		Version: '2010-08-01',
		StartTime: new Date(now - windowMs).toISOString(),
		EndTime: new Date(now).toISOString(),
		ScanBy: 'TimestampDescending',
	});
	for (const [index, [name, {MetricName, Stat}]] of Object.entries(queries).entries()) {
		const prefix = `MetricDataQueries.member.${index + 1}`;
		const stat = `${prefix}.MetricStat`;
		params.set(`${prefix}.Id`, name);
		params.set(`${stat}.Metric.Namespace`, 'AWS/EC2');
		params.set(`${stat}.Metric.MetricName`, MetricName);
		params.set(`${stat}.Metric.Dimensions.member.1.Name`, 'InstanceId');
		params.set(`${stat}.Metric.Dimensions.member.1.Value`, id);
		params.set(`${stat}.Period`, String(periodSeconds));
		params.set(`${stat}.Stat`, Stat);
	}

	return params.toString();
}

/** The newest value of each query. Lists stand in lists of the same name, so the depth tells which one is meant. */
export function readAnswer(text: string): Measured {
	const newest = new Map<string, number>();
	let depth = 0;
	let isValues = false;
	let id: string | undefined;
	let value: number | undefined;
	for (const [, tag, , content = ''] of text.matchAll(/<(\/?[A-Za-z]+)( [^>]*)?>([^<]*)/g)) {
		if (tag === 'member') {
			depth++;
			value = depth === 2 && value === undefined && isValues ? Number(content) : value;
		} else if (tag === '/member') {
			depth--;
			if (depth === 0) {
				if (id !== undefined && value !== undefined && Number.isFinite(value) && value >= 0) {
					newest.set(id, value);
				}

				id = undefined;
				value = undefined;
			}
		} else if (tag === 'Values') {
			isValues = true;
		} else if (tag === '/Values') {
			isValues = false;
		} else if (tag === 'Id' && depth === 1) {
			id = content;
		}
	}

	const cpu = newest.get('cpu');
	const rate = (name: string) => {
		const sum = newest.get(name);
		return sum === undefined ? undefined : Math.round(sum / periodSeconds);
	};
	const received = rate('received');
	const sent = rate('sent');
	return {
		...(cpu !== undefined && cpu <= 100 && {cpuPercent: Math.round(cpu)}),
		...(received !== undefined && {received}),
		...(sent !== undefined && {sent}),
	};
}
