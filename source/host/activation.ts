import {type Manifest} from '../core/manifest.ts';

/** Whether a call may start a plugin that is not running. */
export function activates({activation}: Manifest, method: string): boolean {
	return (
		activation === undefined ||
		method === 'health' ||
		activation.some(event => event === 'onStartup' || event.startsWith('onResourceType:'))
	);
}
