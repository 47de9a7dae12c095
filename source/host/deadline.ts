import {type Manifest} from '../core/manifest.ts';
import {type HostLimits} from './limits.ts';

const endless: ReadonlySet<string> = new Set(['provider.watch', 'provider.logs', 'provider.attach']);

/** Milliseconds a method may take; undefined for what runs until the person stops it. */
export function deadlineOf(method: string, {limits: own}: Manifest, limits: HostLimits): number | undefined {
	if (endless.has(method)) {
		return undefined;
	}

	return method === 'provider.list' ? limits.listMs : method === 'health' ? limits.healthMs : (own?.callMs ?? limits.callMs);
}
