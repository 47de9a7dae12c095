import {formatRef} from '../../core/reference.ts';
import {type ProviderResource, type Resource, resourceStatuses} from '../../core/resource.ts';

const statuses: ReadonlySet<string> = new Set(resourceStatuses);

/** Adds what the host knows to an entry of a provider's answer; undefined when the entry is malformed. */
export function toResource(
	entry: ProviderResource | undefined,
	{provider, type, seenAt}: {provider: string; type: string; seenAt: number},
): Resource | undefined {
	if (typeof entry !== 'object' || entry === null || entry.type !== type || !isText(entry.id) || !isText(entry.name)) {
		return undefined;
	}

	if (!statuses.has(entry.status)) {
		return undefined;
	}

	const {account, region, id} = entry;
	return {...entry, provider, ref: formatRef({provider, account, region, type, id}), seenAt};
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
