import {type Clock} from '../../core/ports/clock.ts';
import {type PluginHost} from '../../core/ports/plugin-host.ts';
import {type Failure, toFailure} from '../../core/failure/failure.ts';
import {formatRef} from '../../core/reference.ts';
import {type ResourceChange} from '../../sdk/provider.ts';
import {type Inventory, type InventorySource} from './inventory.ts';
import {type SeenChange} from './poll/poller.ts';
import {toResource} from './to-resource.ts';

type Options = {
	readonly host: PluginHost;
	readonly clock: Clock;
	readonly inventory: Inventory;
	readonly plugin: string;
	readonly signal: AbortSignal;
	readonly onSeen: (changes: readonly SeenChange[]) => void;
	/** A push about one of its rows shows that the provider of a source answers. */
	readonly onAnswering: (source: InventorySource) => void;
	/** The provider asks to be listed. */
	readonly onLook: (source: InventorySource) => void;
};

const firstRetryMs = 5000;
const lastRetryMs = 300_000;

/** Takes in what the plugin pushes, until the signal; a plugin that pushes nothing is left alone. */
export async function watchPlugin(options: Options): Promise<void> {
	const {clock, signal} = options;
	let retryMs = firstRetryMs;
	while (!signal.aborted) {
		const startedAt = clock.monotonic();
		const error = await followOnce(options).catch((error: unknown) => toFailure(error));
		if (signal.aborted || error === undefined || error.code === 'CWS_NOT_SUPPORTED') {
			return;
		}

		retryMs = clock.monotonic() - startedAt > lastRetryMs ? firstRetryMs : Math.min(lastRetryMs, retryMs * 2);
		await clock.sleep(retryMs, signal).catch(() => {});
	}
}

async function followOnce({host, clock, inventory, plugin, signal, onSeen, onAnswering, onLook}: Options): Promise<Failure | undefined> {
	for await (const chunk of host.stream<ResourceChange>({plugin, method: 'provider.watch', args: [], signal})) {
		if (!chunk.ok) {
			return chunk.error;
		}

		const seenAt = clock.now();
		onSeen(chunk.value.flatMap(change => applyChange(inventory, change, seenAt)));
		const [looks, pushes] = partition(chunk.value);
		for (const source of sourcesOf(inventory, looks)) {
			onLook(source);
		}

		for (const source of sourcesOf(inventory, pushes)) {
			onAnswering(source);
		}
	}

	return undefined;
}

const partition = (changes: readonly ResourceChange[]): readonly [readonly ResourceChange[], readonly ResourceChange[]] => [
	changes.filter(({change}) => change === 'look'),
	changes.filter(({change}) => change !== 'look'),
];

const sourcesOf = (inventory: Inventory, changes: readonly ResourceChange[]): ReadonlySet<InventorySource> =>
	new Set(
		changes.flatMap(change => inventory.source(change.provider, change.change === 'upsert' ? change.resource.type : change.type) ?? []),
	);

function applyChange(inventory: Inventory, change: ResourceChange, seenAt: number): SeenChange[] {
	if (change.change === 'remove') {
		const before = inventory.remove(formatRef(change));
		return before ? [{before}] : [];
	}

	if (change.change === 'look') {
		return [];
	}

	const {provider, resource} = change;
	const after = toResource(resource, {provider, type: resource.type, seenAt});
	if (after === undefined || inventory.source(provider, after.type) === undefined) {
		return [];
	}

	const before = inventory.upsert(after);
	return before?.status === after.status ? [] : [{before, after}];
}
