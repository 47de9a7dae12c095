import {type Manifest} from '../core/manifest.ts';
import {type HostLimits} from './limits.ts';

const endless: ReadonlySet<string> = new Set(['provider.watch', 'provider.logs', 'provider.attach']);

/** Milliseconds a method may take; undefined for what runs until the person stops it. */
export function deadlineOf(method: string, {limits: own}: Manifest, limits: HostLimits): number | undefined {
	if (endless.has(method)) {
		return undefined;
	}

	const asked = method === 'provider.list' ? own?.listMs : method === 'health' ? own?.healthMs : own?.callMs;
	const usual = method === 'provider.list' ? limits.listMs : method === 'health' ? limits.healthMs : limits.callMs;
	return Math.min(asked ?? usual, limits.maxCallMs);
}
